namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// When bits of block 0 are burned; everything else comes before block 0. Each phase is a program command of its own, read
/// back and mended before the next: no lock is burned beside what it locks. A key block is locked before it is hidden, so
/// that a burn which was interrupted can compare the key and go on until nothing but hiding is left.
/// </summary>
public enum EfuseBurnPhase
{
    /// <summary>With the first part of block 0.</summary>
    Normal,

    /// <summary>After all data is burned and checked: what starts protecting, such as the encryption count.</summary>
    Late,

    /// <summary>Write protection of all but the fields that follow.</summary>
    WriteProtection,

    /// <summary>What hides blocks and fields: from here on a key can no longer be compared.</summary>
    ReadProtection,

    /// <summary>The lock on read protection: from here on nothing more can be hidden.</summary>
    ReadProtectionLock,

    /// <summary>What keeps the next session from connecting; this one still reads back.</summary>
    Closing,

    /// <summary>The locks on what keeps the next session out.</summary>
    ClosingLock,

    /// <summary>The lock on write protection: from here on nothing more can be locked.</summary>
    WriteProtectionLock,

    /// <summary>At the very end: what takes away the loader that would read it back. So nothing is read back any more.</summary>
    Last,

    /// <summary>The locks on that, in a command of their own: torn apart by a power cut, one alone would leave the loader open for good.</summary>
    LastLock,
}
