namespace Esp32Tools.Chips.Tables;

/// <summary>The kind of value in an eFuse field.</summary>
public enum EfuseFieldType
{
    /// <summary>One bit.</summary>
    Bool,

    /// <summary>An unsigned number, lowest bit first.</summary>
    UInt,

    /// <summary>A sequence of bytes, the first byte in the lowest bits.</summary>
    Bytes,
}
