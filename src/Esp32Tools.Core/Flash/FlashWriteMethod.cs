namespace Esp32Tools.Flash;

/// <summary>The method by which an image was written to flash.</summary>
public enum FlashWriteMethod
{
    /// <summary>Not written: the flash held it already.</summary>
    None,

    /// <summary>The whole image was written.</summary>
    Full,

    /// <summary>The flash was blank, and the long blank parts of the image were left out.</summary>
    WithoutBlanks,

    /// <summary>Only the sectors were written that differ from the image that was written last.</summary>
    ChangedSincePrevious,

    /// <summary>Only the sectors were written in which the flash differed from the image, by the chip's digests.</summary>
    ChangedByDigest,
}
