using System;
using Esp32Tools.Compat;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>The NVS image of one unit in memory. Columns of the table without a key are added as properties.</summary>
public sealed record FactoryDataImage : FactoryDataResult
{
    private readonly byte[] _bytes;
    private readonly NvsKey? _key;
    private readonly NvsHmacKey? _hmacKey;

    /// <summary>An image.</summary>
    /// <param name="bytes">The image.</param>
    /// <param name="key">The unit's own key; null for none.</param>
    /// <param name="hmacKey">The unit's own HMAC key, for its eFuses; null for none.</param>
    public FactoryDataImage(byte[] bytes, NvsKey? key = null, NvsHmacKey? hmacKey = null)
    {
        _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
        _key = key;
        _hmacKey = hmacKey;
    }

    /// <summary>The image in lowercase hexadecimal; <see cref="GetBytes"/> gives it as bytes.</summary>
    public string Bytes => Hex.Encode(_bytes);

    /// <summary>The image.</summary>
    public byte[] GetBytes() => _bytes;

    /// <summary>The unit's own key; null for none. A method, so that no report contains it.</summary>
    public NvsKey? GetKey() => _key;

    /// <summary>The unit's own HMAC key, for its eFuses; null for none. A method, so that no report contains it.</summary>
    public NvsHmacKey? GetHmacKey() => _hmacKey;
}
