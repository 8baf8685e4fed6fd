using System.Collections.Generic;
using Esp32Tools.Compat;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// The answer to GET_SECURITY_INFO.
/// <code>
/// offset  0      4              5             12       16
///         flags  flashCryptCnt  purposes x 7  chip id  API version     (ESP32-S2: only up to 12)
/// </code>
/// </summary>
public sealed class SecurityInfo
{
    /// <summary>Length on all chips but the ESP32-S2, in bytes.</summary>
    public const int FullLength = 20;

    /// <summary>Length on the ESP32-S2, in bytes.</summary>
    public const int ShortLength = 12;

    private readonly byte[] _data;

    internal SecurityInfo(byte[] data) => _data = data;

    /// <summary>All flags.</summary>
    public uint Flags => LittleEndian.ReadUInt32(_data, 0);

    /// <summary>True when secure boot is on.</summary>
    public bool SecureBoot => (Flags & 0x01) != 0;

    /// <summary>True when a secure boot key that fails is revoked at once.</summary>
    public bool AggressiveRevoke => (Flags & 0x02) != 0;

    /// <summary>True when the loader is in secure download mode.</summary>
    public bool SecureDownloadMode => (Flags & 0x04) != 0;

    /// <summary>The revoked ones of the three secure boot keys, the first in bit 0.</summary>
    public int RevokedKeys => (int)(Flags >> 3) & 0x7;

    /// <summary>True when JTAG is off until an HMAC key enables it.</summary>
    public bool JtagSoftDisabled => (Flags & 0x40) != 0;

    /// <summary>True when JTAG is off permanently.</summary>
    public bool JtagHardDisabled => (Flags & 0x80) != 0;

    /// <summary>True when the chip's own USB port is off.</summary>
    public bool UsbDisabled => (Flags & 0x100) != 0;

    /// <summary>True when the data cache is off while the loader runs.</summary>
    public bool DownloadDataCacheDisabled => (Flags & 0x200) != 0;

    /// <summary>True when the instruction cache is off while the loader runs.</summary>
    public bool DownloadInstructionCacheDisabled => (Flags & 0x400) != 0;

    /// <summary>The flash encryption counter; encryption is on when an odd number of its bits is set.</summary>
    public byte FlashCryptCount => _data[4];

    /// <summary>Purposes of the key blocks; the seventh byte belongs to no key.</summary>
    public IReadOnlyList<byte> KeyPurposes => [_data[5], _data[6], _data[7], _data[8], _data[9], _data[10]];

    /// <summary>Chip id as in image headers; null on the ESP32-S2.</summary>
    public int? ChipId => _data.Length >= FullLength ? (int)LittleEndian.ReadUInt32(_data, 12) : null;

    /// <summary>Version of the ROM's interface; null on the ESP32-S2.</summary>
    public int? ApiVersion => _data.Length >= FullLength ? (int)LittleEndian.ReadUInt32(_data, 16) : null;
}
