using System;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport;
using Esp32Tools.Storage.Partitions;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>A device argument: a session, or the name of a port.</summary>
public sealed class DeviceArgument
{
    /// <summary>A port by its name.</summary>
    public DeviceArgument(string portName) => PortName = portName ?? throw new ArgumentNullException(nameof(portName));

    /// <summary>A session.</summary>
    public DeviceArgument(Esp32Device session)
    {
        Session = session ?? throw new ArgumentNullException(nameof(session));
        PortName = session.PortName;
    }

    /// <summary>A port from the list of ports.</summary>
    public DeviceArgument(Esp32Port port)
        : this(port?.PortName ?? throw new ArgumentNullException(nameof(port)))
    {
    }

    // The binder would put an error of its own in the place of this one, so the cmdlet throws it.
    internal DeviceArgument(InputException refusal)
        : this("***") => Refusal = refusal;

    /// <summary>Name of the port.</summary>
    public string PortName { get; }

    /// <summary>Why text is not taken for the name of a port; null when it is. Whoever works on the device throws it.</summary>
    internal InputException? Refusal { get; }

    /// <summary>The session; null when a port name was given.</summary>
    public Esp32Device? Session { get; }

    /// <summary>The partition that was given; null for the whole device.</summary>
    internal Esp32Partition? Partition { get; init; }

    /// <summary>The same device, by the open session with its port.</summary>
    internal DeviceArgument Through(Esp32Device session) => new(session) { Partition = Partition };

    /// <inheritdoc/>
    public override string ToString() => PortName;
}
