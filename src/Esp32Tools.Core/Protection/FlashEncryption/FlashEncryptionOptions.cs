using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>What flash encryption is to be like.</summary>
public sealed record FlashEncryptionOptions
{
    /// <summary>How far to take it.</summary>
    public FlashEncryptionGoal Goal { get; init; }

    /// <summary>What belongs into flash, in plain bytes; empty when it is there already.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>Settings for the bootloader's header, and how to write.</summary>
    public FlashWriteOptions Write { get; init; } = new();

    /// <summary>The key; null to have one made where the chip has none. The caller disposes it.</summary>
    public FlashKey? Key { get; init; }

    /// <summary>Bytes of a key that is made; null for the usual number.</summary>
    public int? KeyLength { get; init; }

    /// <summary>
    /// Keeps a key that was made, and says where; called before the key is burned. Null for a key that nobody shall know.
    /// </summary>
    public Func<FlashKey, string>? SaveKey { get; init; }

    /// <summary>Key block by name; null for the usual one.</summary>
    public string? Block { get; init; }

    /// <summary>True to leave encrypting to the firmware's first start: images are written plain.</summary>
    public bool FirstBoot { get; init; }

    /// <summary>What becomes of the serial loader, last of all.</summary>
    public DownloadModeGoal DownloadMode { get; init; }

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.FlashEncryption"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>The part of them that an eFuse plan knows.</summary>
    internal EfusePlanOptions EfuseOptions => new() { Allow = RefusalCatalog.EfuseBurn.Among(Allow) };
}
