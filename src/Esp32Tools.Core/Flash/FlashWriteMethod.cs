namespace Esp32Tools.Flash;

/// <summary>How an image came into flash.</summary>
public enum FlashWriteMethod
{
    /// <summary>Not at all: the flash held it already.</summary>
    None,

    /// <summary>All of it was written.</summary>
    Full,

    /// <summary>The flash was blank, and the long blank parts of the image were left out.</summary>
    WithoutBlanks,

    /// <summary>The sectors in which it differs from the image that was written last.</summary>
    ChangedSincePrevious,

    /// <summary>The sectors in which the flash differed from it, by the chip's digests.</summary>
    ChangedByDigest,
}
