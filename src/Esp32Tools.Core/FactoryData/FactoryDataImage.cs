using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>The NVS image of one unit in memory. Columns of the table without a key are added as properties.</summary>
public sealed record FactoryDataImage : FactoryDataResult
{
    /// <summary>The image.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>The unit's own key; null for none. Shows itself as three stars.</summary>
    public NvsKey? Key { get; init; }

    /// <summary>The unit's own HMAC key, for its eFuses; null for none. Shows itself as three stars.</summary>
    public NvsHmacKey? HmacKey { get; init; }
}
