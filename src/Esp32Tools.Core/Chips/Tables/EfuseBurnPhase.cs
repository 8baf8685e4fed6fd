namespace Esp32Tools.Chips.Tables;

/// <summary>
/// The time at which bits of block 0 are burned; everything else comes before block 0. Each phase is a separate program command,
/// read back and corrected before the next: no lock is burned together with the bits it locks. A key block is locked before it
/// is hidden, so that after an interruption a burn can compare the key and go on until only hiding is left.
/// </summary>
public enum EfuseBurnPhase
{
    /// <summary>In the first part of block 0.</summary>
    Normal,

    /// <summary>After all data is burned and checked: fields that start a protection, such as the encryption count.</summary>
    Late,

    /// <summary>Write protection of all fields except those that follow.</summary>
    WriteProtection,

    /// <summary>Bits that hide blocks and fields: from here on a key can no longer be compared.</summary>
    ReadProtection,

    /// <summary>The lock on read protection: from here on nothing more can be hidden.</summary>
    ReadProtectionLock,

    /// <summary>Fields that keep the next session from connecting; this one still reads back.</summary>
    Closing,

    /// <summary>The locks on the fields that keep the next session out.</summary>
    ClosingLock,

    /// <summary>The lock on write protection: from here on nothing more can be locked.</summary>
    WriteProtectionLock,

    /// <summary>At the very end: fields that disable the loader needed for reading back. So nothing is read back any more.</summary>
    Last,

    /// <summary>The locks on those, in a separate command: split by a power cut, one alone would leave the loader open permanently.</summary>
    LastLock,
}
