using System.IO;
using System.Linq;
using System.Net.NetworkInformation;
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
        else if (!HasAddress)
        {
            Skip = "ser2net looks up 127.0.0.1 by a resolver that answers only where the machine has an address besides loopback.";
        }
    }

    // Debian puts it into /usr/sbin, which is not on everybody's path.
    internal static string? Program { get; } = ((System.Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/usr/local/sbin")
        .Split(':').Select(folder => Path.Combine(folder, "ser2net")).FirstOrDefault(File.Exists);

    private static bool HasAddress { get; } = NetworkInterface.GetAllNetworkInterfaces().Any(link =>
        link.NetworkInterfaceType != NetworkInterfaceType.Loopback && link.GetIPProperties().UnicastAddresses.Count > 0);
}
