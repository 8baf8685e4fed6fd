namespace Esp32Tools.FactoryData;

/// <summary>Kind of a unit's new key.</summary>
public enum FactoryKeyScheme
{
    /// <summary>64 random bytes, which the chip keeps in its nvs_keys partition.</summary>
    Xts,

    /// <summary>32 random bytes for an eFuse key block, purpose HMAC_UP, from which the chip derives the key.</summary>
    Hmac,
}
