using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>An NVS partition argument: its bytes and their source.</summary>
public sealed class NvsContent
{
    internal NvsContent(byte[] bytes, string? path, string? portName = null)
    {
        Bytes = bytes;
        Path = path;
        PortName = portName;
    }

    /// <summary>The bytes of the partition.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The file that they come from; null for none.</summary>
    public string? Path { get; }

    /// <summary>Port of the device that they come from; null for none.</summary>
    public string? PortName { get; }

    /// <summary>A failure of these bytes, under their name.</summary>
    /// <param name="says">The reason.</param>
    /// <param name="advice">Advice to the user.</param>
    internal InputException Invalid(string says, string advice) => new(ErrorCode.NvsInvalid, $"{this}: {says}", advice) { Target = Path ?? PortName };

    /// <summary>Their name in messages.</summary>
    public override string ToString() => Path ?? PortName ?? "The NVS partition";
}
