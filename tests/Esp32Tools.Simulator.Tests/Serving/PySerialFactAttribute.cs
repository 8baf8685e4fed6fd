using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>A test against pyserial, through which the vendor's tools reach a port.</summary>
public sealed class PySerialFactAttribute : FactAttribute
{
    public PySerialFactAttribute()
    {
        if (Python is null)
        {
            Skip = "Needs python3 with pyserial (Debian: python3-serial).";
        }
    }

    // The system's own Python has what the system's packages bring, whichever Python comes first on PATH.
    private static string? Python { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasPySerial);

    internal static Process Start(params string[] arguments) => Start(Python!, arguments);

    private static Process Start(string python, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static bool HasPySerial(string path)
    {
        try
        {
            using Process python = Start(path, ["-c", "import serial.rfc2217"]);
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
