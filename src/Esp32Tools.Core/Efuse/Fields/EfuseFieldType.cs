namespace Esp32Tools.Efuse.Fields;

/// <summary>What kind of value an eFuse field holds.</summary>
public enum EfuseFieldType
{
    /// <summary>One bit.</summary>
    Bool,

    /// <summary>A number without sign, lowest bit first.</summary>
    UInt,

    /// <summary>A row of bytes, the first byte in the lowest bits.</summary>
    Bytes,
}
