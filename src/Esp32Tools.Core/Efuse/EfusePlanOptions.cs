using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse;

/// <summary>How strict planning is.</summary>
public sealed record EfusePlanOptions
{
    /// <summary>
    /// The refusals that can be lifted. Never write protection, key lengths, purposes that the hardware cannot use, a key block
    /// that holds another key, or the reading of a digest.
    /// </summary>
    public static IReadOnlyList<ErrorCode> Liftable { get; } =
    [
        ErrorCode.EncryptionWithoutKey, ErrorCode.EncryptionCountEven, ErrorCode.EfuseCounterUsedUp, ErrorCode.FlashCryptConfig,
        ErrorCode.KeyReadable, ErrorCode.ReadProtectionLost, ErrorCode.EfuseBlockWritten,
    ];

    /// <summary>Refusals to lift, of <see cref="Liftable"/>; each lifts itself and no other, and is a warning then.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>
    /// Lifts all of <see cref="Liftable"/>, and further a value that lacks bits which are set already, reading protection of a
    /// user block, and two fields that together lock the chip out.
    /// </summary>
    public bool Force { get; init; }
}
