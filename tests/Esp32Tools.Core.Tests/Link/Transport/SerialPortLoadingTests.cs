using System;
using System.Linq;
using System.Reflection;
using Esp32Tools.SerialPort;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>Where the assembly that was compiled against .NET Framework finds its serial ports on .NET.</summary>
public sealed class SerialPortLoadingTests
{
    private static readonly Assembly s_assembly = typeof(SerialPortTransportProvider).Assembly;

    [Fact]
    public void It_asks_for_the_type_where_NET_Framework_has_it()
    {
        string?[] references = [.. s_assembly.GetReferencedAssemblies().Select(reference => reference.Name)];
        Assert.Contains("System", references);
        Assert.DoesNotContain("System.IO.Ports", references);
    }

#if NET // On .NET Framework it is the type that was asked for.
    [Fact]
    public void A_program_on_NET_gives_it_that_of_the_package()
    {
        Type port = s_assembly.GetType("Esp32Tools.SerialPort.HostPort", throwOnError: true)!
            .GetField("_port", BindingFlags.Instance | BindingFlags.NonPublic)!.FieldType;
        Assert.Equal("System.IO.Ports.SerialPort", port.FullName);
        Assert.Equal("System.IO.Ports", port.Assembly.GetName().Name);
        Assert.StartsWith(AppContext.BaseDirectory, port.Assembly.Location, StringComparison.Ordinal);
    }
#endif
}
