using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Results;

/// <summary>The NVS image of one unit in memory. Columns of the table that are no keys come with it as properties.</summary>
public sealed record FactoryDataImage : FactoryDataResult
{
    /// <summary>The image.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The key of this unit alone; null when it has none of its own. Shows itself as three stars.</summary>
    public NvsKey? Key { get; init; }

    /// <summary>The HMAC key of this unit alone, for its eFuses; null when it has none. Shows itself as three stars.</summary>
    public KeyArgument? HmacKey { get; init; }
}
