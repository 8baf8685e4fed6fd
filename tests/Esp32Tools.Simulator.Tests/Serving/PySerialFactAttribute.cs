using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Serving;

/// <summary>A test against pyserial, through which the vendor's tools reach a port.</summary>
public sealed class PySerialFactAttribute : FactAttribute
{
    public PySerialFactAttribute()
    {
        if (!IsThere)
        {
            Skip = "Needs python3 with pyserial (pip install pyserial).";
        }
    }

    private static bool IsThere { get; } = Look();

    internal static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;

    private static bool Look()
    {
        try
        {
            using Process python = Start("-c", "import serial.rfc2217");
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
