namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Bytes of an NVS partition as the person gives them.</summary>
public sealed class NvsContent
{
    internal NvsContent(byte[] bytes, string? path, string? portName = null)
    {
        Bytes = bytes;
        Path = path;
        PortName = portName;
    }

    /// <summary>The bytes.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The file that they come from; null for none.</summary>
    public string? Path { get; }

    /// <summary>Port of the device that they come from; null for none.</summary>
    public string? PortName { get; }

    /// <summary>What they are called in messages.</summary>
    public override string ToString() => Path ?? PortName ?? "The NVS partition";
}
