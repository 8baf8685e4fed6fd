using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>Options for switching flash encryption on.</summary>
public sealed record FlashEncryptionOptions
{
    /// <summary>Target level.</summary>
    public FlashEncryptionGoal Goal { get; init; }

    /// <summary>The plain images for flash; empty when they are already there.</summary>
    public IReadOnlyList<FlashImage> Images { get; init; } = [];

    /// <summary>Settings for the bootloader's header, and options for the write.</summary>
    public FlashWriteOptions Write { get; init; } = new();

    /// <summary>The key; null to make one when the chip has none. The caller disposes it.</summary>
    public FlashKey? Key { get; init; }

    /// <summary>Length of a new key in bytes; null for the default.</summary>
    public int? KeyLength { get; init; }

    /// <summary>
    /// Saves a new key and returns its place; called before the key is burned. Null for a key that nobody can know.
    /// </summary>
    public Func<FlashKey, string>? SaveKey { get; init; }

    /// <summary>Key block by name; null for the default.</summary>
    public string? Block { get; init; }

    /// <summary>True to leave encryption to the first start of the firmware: images are written plain.</summary>
    public bool FirstBoot { get; init; }

    /// <summary>Goal for the serial loader, as the last step.</summary>
    public DownloadModeGoal DownloadMode { get; init; }

    /// <summary>Refusals to lift, of <see cref="RefusalCatalog.FlashEncryption"/>; each id lifts only its own refusal.</summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>Those that apply to an eFuse plan.</summary>
    internal EfusePlanOptions EfuseOptions => new() { Allow = RefusalCatalog.EfuseBurn.Among(Allow) };
}
