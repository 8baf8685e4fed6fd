using System.IO;
using System.Linq;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>A test against ser2net, the RFC 2217 server most Linux machines use.</summary>
public sealed class Ser2NetFactAttribute : FactAttribute
{
    public Ser2NetFactAttribute()
    {
        if (Program is null)
        {
            Skip = "Needs ser2net on the PATH (Debian: apt-get install ser2net).";
        }
    }

    // Debian puts it into /usr/sbin, which is not on everybody's path.
    internal static string? Program { get; } = ((System.Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/usr/local/sbin")
        .Split(':').Select(folder => Path.Combine(folder, "ser2net")).FirstOrDefault(File.Exists);
}
