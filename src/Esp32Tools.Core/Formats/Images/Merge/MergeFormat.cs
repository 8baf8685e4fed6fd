namespace Esp32Tools.Formats.Images.Merge;

/// <summary>What a merged image is written as.</summary>
public enum MergeFormat
{
    /// <summary>The bytes as they stand in flash, gaps filled with FF.</summary>
    Raw,

    /// <summary>Lines of text with addresses; gaps stay gaps.</summary>
    IntelHex,

    /// <summary>Blocks of 512 bytes with addresses; gaps stay gaps.</summary>
    Uf2,
}
