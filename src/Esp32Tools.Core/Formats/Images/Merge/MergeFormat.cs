namespace Esp32Tools.Formats.Images.Merge;

/// <summary>Format of a merged image.</summary>
public enum MergeFormat
{
    /// <summary>The bytes as in flash, gaps filled with FF.</summary>
    Raw,

    /// <summary>Lines of text with addresses; gaps stay gaps.</summary>
    IntelHex,

    /// <summary>Blocks of 512 bytes with addresses; gaps stay gaps.</summary>
    Uf2,
}
