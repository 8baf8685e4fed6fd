using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>
/// Switches flash encryption on, from an open chip to a locked one. The vendor's order (ESP-IDF, "Enable Flash Encryption
/// Externally") burns key, counter and locks, and writes flash last. Here the flash is written and verified before the
/// counter: a unit that loses power in between starts nothing but still accepts everything, and one with defective flash has
/// lost only a key block.
/// </summary>
public sealed class FlashEncryptionProcedure
{
    private readonly Esp32Device _device;
    private readonly FlashEncryptionOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly EfuseSnapshot _snapshot;
    private readonly FlashProtection _security;
    private readonly FlashKeyPlacement _placement;
    private readonly List<string> _warnings = [];
    private readonly Refusals _refusals;
    private readonly List<IDisposable> _owned = [];
    private readonly FlashKey? _key;
    private readonly bool _isMade;
    private readonly FlashCipher? _cipher;

    private FlashEncryptionProcedure(Esp32Device device, FlashEncryptionOptions options, CancellationToken cancellationToken)
    {
        _device = device;
        _options = options;
        _refusals = new Refusals(RefusalCatalog.FlashEncryption, options.Allow, refusal => _warnings.Add(refusal.Message));
        _cancellationToken = cancellationToken;
        _snapshot = EfuseReader.Read(device.GetLoader(), device.GetChip(), cancellationToken);
        _snapshot.RequireKnownCoding();
        _security = device.ReadFlashProtection(cancellationToken);
        _placement = new FlashKeyPlacement(_snapshot);
        _key = options.Key ?? TakeKey(out _isMade);
        if (IsOn && _key is null && !_placement.IsInChip && !_security.UsesKeyManager)
        {
            throw new EfuseException(
                ErrorCode.EncryptionWithoutKey,
                $"Flash encryption of the {device.GetChip().Name} on {device.PortName} is on, and there is no key in the chip.",
                "Give a key together with the images, if its key block can still be written.")
            { Target = device.PortName };
        }

        if (_key is not null)
        {
            _placement.NewLength(_key.Length);
            _cipher = FlashCipher.For(device.GetChip(), _key);
            _owned.Add(_cipher);
        }
    }


    private bool IsOn => _security.FlashEncryption;

    /// <summary>Checks everything and plans the procedure. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.ChipUnsupported"/></exception>
    /// <exception cref="EfuseException"><see cref="ErrorCode.KeyLength"/>, <see cref="ErrorCode.KeyBlockInUse"/>, <see cref="ErrorCode.FlashKeyMismatch"/></exception>
    /// <exception cref="FlashException">
    /// <see cref="ErrorCode.FlashKeyUnproven"/>, <see cref="ErrorCode.FlashContentsUnproven"/>, and those of a flash write.
    /// </exception>
    /// <exception cref="InputException">Those of a flash write.</exception>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SettingsConflict"/>, <see cref="ErrorCode.ValueInvalid"/></exception>
    public static SecurityProcedure Plan(Esp32Device device, FlashEncryptionOptions options, CancellationToken cancellationToken)
    {
        RequirePossible(device, options, cancellationToken);
        FlashEncryptionProcedure procedure = new(device, options, cancellationToken);
        try
        {
            return procedure.Plan();
        }
        catch
        {
            procedure._owned.ForEach(owned => owned.Dispose());
            throw;
        }
    }

    private static void RequirePossible(Esp32Device device, FlashEncryptionOptions options, CancellationToken cancellationToken)
    {
        RefusalCatalog.FlashEncryption.Require(options.Allow);
        if (options.FirstBoot && options.DownloadMode != DownloadModeGoal.Keep)
        {
            throw new Esp32Exception(
                ErrorCode.SettingsConflict,
                "A chip that encrypts its flash at its first start cannot have its loader closed before that.",
                "Let it start first, and close the loader in a later run.");
        }

        if (device.IsSecureDownloadMode)
        {
            throw new ChipException(
                ErrorCode.SecureDownloadMode,
                $"The chip on {device.PortName} is in secure download mode: its eFuses can be neither read nor burned.",
                "It keeps its settings from before that mode.")
            { Target = device.PortName };
        }

        SecurityFacts facts = device.GetChip().Security;
        bool hasMode = options.DownloadMode switch
        {
            DownloadModeGoal.Secure => device.GetChip().Efuse.Has(EfuseRole.SecureDownload),
            DownloadModeGoal.Disabled => device.ReadIdentity(cancellationToken).Revision >= facts.DownloadDisabledMinRevision,
            _ => true,
        };
        if (!hasMode)
        {
            throw new ChipException(
                ErrorCode.ChipUnsupported,
                options.DownloadMode == DownloadModeGoal.Secure
                    ? $"The {device.GetChip().Name} has no secure download mode."
                    : $"The loader of this {device.GetChip().Name} cannot be closed: that needs revision {facts.DownloadDisabledMinRevision / 100}.{facts.DownloadDisabledMinRevision % 100}.",
                "Keep the download mode, or use another chip.")
            { Target = device.PortName };
        }
    }

    // The key of an interrupted burn can still be read; the run continues with it as with a new key.
    private FlashKey? TakeKey(out bool isMade)
    {
        isMade = !_placement.IsInChip && !_security.UsesKeyManager && !IsOn && (!_options.FirstBoot || _options.SaveKey is not null);
        FlashKey? key = isMade ? FlashKey.Generate(_placement.NewLength(_options.KeyLength)) : _placement.TryRead();
        if (key is not null)
        {
            _owned.Add(key);
        }

        return key;
    }

    private SecurityProcedure Plan()
    {
        EfuseRequest[] keyRequests = [.. _placement.Requests(_key, _options.Block), .. ConfigRequests()];
        EfuseRequest[] enable = [.. EnableRequests()];
        EfuseRequest[] locks = _options.Goal == FlashEncryptionGoal.Release && !_options.FirstBoot ? [.. EncryptionLocks.Requests(_snapshot, _warnings)] : [];
        EfuseRequest[] close = [.. CloseRequests()];
        bool burns;
        using (EfusePlan whole = EfusePlanner.Plan(_snapshot, keyRequests.Concat(enable).Concat(locks).Concat(close), _options.EfuseOptions))
        {
            burns = !whole.IsEmpty || whole.Refusals.Count > 0;
        }

        List<ProcedureStage> stages = [];
        IReadOnlyList<ProcedureStage> flash = PlanFlash(burns);
        stages.Add(new ActionStage("Check", CheckText()) { Status = SecurityStepStatus.Done });
        if (_key is not null && _options.SaveKey is { } save)
        {
            stages.Add(new ActionStage("Save", $"keep the key, SHA-256 {_key.Fingerprint}..., in a file before it is burned")
            {
                PlannedText = _isMade ? "keep a key made for this unit in a file before it is burned" : null,
                Run = (_, _) => new StageOutcome($"the key, SHA-256 {_key.Fingerprint}..., is in {save(_key)}", SecurityProof.ReadBack),
            });
        }

        stages.Add(keyRequests.Length > 0 ? KeyStage(keyRequests) : new ActionStage("Key", KeyText()) { Status = SecurityStepStatus.Left });
        stages.AddRange(flash);
        stages.Add(EnableStage(enable));
        stages.Add(locks.Length > 0
            ? new EfuseStage("Lock", "close the ways around the encryption", locks)
            : new ActionStage("Lock", _options.FirstBoot ? "left to the firmware's first start" : "development leaves the loader, JTAG and the way through the encryption open") { Status = SecurityStepStatus.Left });
        if (close.Length > 0)
        {
            stages.Add(new EfuseStage("Close", _options.DownloadMode == DownloadModeGoal.Secure ? "leave the loader flash writes only, from the next reset on" : "close the loader for good, from the next reset on", close));
        }

        return SecurityProcedure.Plan(_device, _snapshot, stages, _options.EfuseOptions, _warnings, _owned);
    }

    private IReadOnlyList<ProcedureStage> PlanFlash(bool burns)
    {
        FlashWriteOptions writing = _options.Write with { Allow = RefusalCatalog.FlashWrite.Among(_options.Allow) };
        if (_options.Images.Count == 0)
        {
            return _options.FirstBoot ? [] : [.. PlanProof(null, burns, areThere: true), .. IsOn ? [] : new[] { FlashContents.Check(_device, _options, _cipher, _refusals, _warnings, _cancellationToken) }];
        }

        EncryptedImages images = new(_device, _options.FirstBoot ? [.. _options.Images.OrderBy(image => image.Address)] : Cut(), writing, _cipher, _cancellationToken);
        bool areThere = images.AreThere(_cancellationToken);
        string how = _options.FirstBoot ? "plain, for the firmware to encrypt" : images.IsByChip ? "encrypted by the chip" : "encrypted on the host";
        List<ProcedureStage> stages = _options.FirstBoot ? [] : [.. PlanProof(images, burns || !areThere, areThere)];
        stages.Add(areThere
            ? new ActionStage("Write", $"{images.Final.Count} images, {how}") { Proof = SecurityProof.Digested }
            : new ActionStage("Write", $"{images.Final.Count} images, {how}: {string.Join("; ", images.Final.Select(image => $"{image.Data.Length} bytes of {image.Name} at 0x{image.Address:X}"))}") { Run = images.Write });
        stages.Add(images.IsByChip
            ? new ActionStage("Verify", "the chip encrypted them with a key that nobody knows: its digest says nothing") { Status = SecurityStepStatus.Left, Proof = SecurityProof.NotVerifiable }
            : areThere ? new ActionStage("Verify", "the flash holds them, by the chip's own digest") { Proof = SecurityProof.Digested }
            : new ActionStage("Verify", "ask the chip for digests of its flash") { Run = images.Verify });
        return stages;
    }

    private IReadOnlyList<FlashImage> Cut()
    {
        EncryptedLayout layout = EncryptedLayout.For(_options.Images, ReadTable);
        if (!layout.HasTable)
        {
            _warnings.Add("There is no partition table: every image is encrypted, including those of partitions that stay plain.");
        }

        return layout.Cut(_options.Images);
    }

    private byte[]? ReadTable()
    {
        const uint Offset = PartitionTableOptions.DefaultTableOffset;
        _device.OpenFlash(_cancellationToken);
        byte[] bytes = TableBytes.Read(_device, Offset, _cancellationToken);
        return IsOn ? _cipher?.Decrypt(bytes, Offset) : bytes;
    }

    private IEnumerable<ProcedureStage> PlanProof(EncryptedImages? images, bool isNeeded, bool areThere)
    {
        if (_cipher is null)
        {
            yield return new ActionStage("Prove", "nobody knows the key in this chip, so there is nothing to compare it with") { Status = SecurityStepStatus.Left };
        }
        else if (!isNeeded)
        {
            yield return new ActionStage("Prove", images is null ? "nothing is left to do that depends on the key" : "the flash holds the images under this key") { Proof = images is null ? SecurityProof.None : SecurityProof.Digested };
        }
        else if (images is not null && KeyProof.IsPossible(_device, _security, images.Plain))
        {
            FlashCipher cipher = _cipher;
            yield return new ActionStage("Prove", "have the chip encrypt a sector of the images, and compare")
            {
                Run = (_, cancellationToken) => KeyProof.Run(_device, images.Plain, _options.Write with { Allow = [] }, cipher, cancellationToken),
            };
        }
        else if (!_placement.IsHidden)
        {
            yield return new ActionStage("Prove", "the key is compared in the eFuses before it is hidden") { Proof = SecurityProof.ReadBack };
        }
        else
        {
            yield return ProveByFlash();
        }
    }

    // The key is hidden and the chip does not encrypt for the loader: only its flash contents can prove the key.
    private ActionStage ProveByFlash()
    {
        _device.OpenFlash(_cancellationToken);
        if (KeyProof.DecryptBootloader(_device, _cipher!, _cancellationToken) is not null)
        {
            return new ActionStage("Prove", "the bootloader in flash decrypts with this key; the chip itself was not asked") { Proof = SecurityProof.ReadBack };
        }

        string message = $"The key in the chip on {_device.PortName} is hidden, and nothing shows that the given one is the same.";
        _refusals.Refuse(new FlashException(
            ErrorCode.FlashKeyUnproven,
            message,
            _security.DownloadEncryptDisabled ? "The chip no longer encrypts for its loader, so it cannot be asked." : "Give the images and connect with the stub: the chip then encrypts a sector of them to compare.")
        { Target = _device.PortName });
        return new ActionStage("Prove", "taken for the same key, unproven") { Status = SecurityStepStatus.Left, Proof = SecurityProof.NotVerifiable };
    }

    // ESP32: the address must modify the whole key before anything is encrypted with it.
    private IEnumerable<EfuseRequest> ConfigRequests() =>
        (_key is not null || _placement.IsInChip) && _snapshot.Table.Find(EfuseRole.EncryptionConfig) is { } field && _snapshot.IsReadable(field)
            ? [new EfuseValueRequest { Field = field.Name, Value = FlashCipher.WholeCryptConfig }]
            : [];

    private EfuseField Counter => _snapshot.Table.Get(EfuseRole.EncryptionCount);

    private IEnumerable<EfuseRequest> EnableRequests()
    {
        // The firmware of some chips locks the counter instead of using it up.
        if (_options.FirstBoot || (IsOn && (_options.Goal == FlashEncryptionGoal.Development || !_snapshot.IsWritable(Counter))))
        {
            return [];
        }

        ulong all = (1UL << Counter.BitLength) - 1;
        ulong present = _snapshot.GetNumber(Counter);
        ulong next = present | (present + 1);
        if (_options.Goal == FlashEncryptionGoal.Development && present == all)
        {
            throw UsedUp($"{Counter.Name} has no bit left: flash encryption can never be switched on.");
        }

        if (_options.Goal == FlashEncryptionGoal.Development && next >= all)
        {
            // When lifted, it becomes a warning of the plan.
            new Refusals(RefusalCatalog.FlashEncryption, _options.Allow).Refuse(
                UsedUp($"The next bit of {Counter.Name} is its last: flash encryption can then never be switched off again."));
        }

        return [new EfuseValueRequest { Field = Counter.Name, Value = _options.Goal == FlashEncryptionGoal.Release ? all : next }];
    }

    private EfuseException UsedUp(string message) =>
        new(ErrorCode.EfuseCounterUsedUp, message, "Use another chip for development.") { Target = Counter.Name };

    private ProcedureStage EnableStage(IReadOnlyList<EfuseRequest> requests) =>
        requests.Count > 0 ? new EfuseStage("Enable", _options.Goal == FlashEncryptionGoal.Release ? "switch flash encryption on for good" : "switch flash encryption on", requests)
        : IsOn ? new ActionStage("Enable", $"flash encryption is on: {Counter.Name} is 0x{_snapshot.GetNumber(Counter):X}") { Proof = SecurityProof.ReadBack }
        : new ActionStage("Enable", "left to the firmware's first start") { Status = SecurityStepStatus.Left };

    private IEnumerable<EfuseRequest> CloseRequests() => _options.DownloadMode switch
    {
        DownloadModeGoal.Secure => [new EfuseValueRequest { Field = _snapshot.Table.Get(EfuseRole.SecureDownload).Name, Value = 1 }],
        DownloadModeGoal.Disabled => [new EfuseValueRequest { Field = _snapshot.Table.Get(EfuseRole.DownloadDisable).Name, Value = 1 }],
        _ => [],
    };

    private string CheckText() =>
        $"{_device.GetChip().Name} revision {_snapshot.Revision / 100}.{_snapshot.Revision % 100}: key, eFuses and {_options.Images.Count} images go together";

    private EfuseStage KeyStage(IReadOnlyList<EfuseRequest> requests) => new("Key", KeyText(), requests)
    {
        MakesKey = _isMade,
        PlannedText = _isMade ? $"burn a key of {_key!.Length} bytes made for this unit, and hide it" : null,
    };

    private string KeyText() =>
        _security.UsesKeyManager ? "the key comes from the key manager"
        : _key is null ? _placement.IsInChip ? $"the key in {_placement.Blocks} stays; nobody knows it" : "left to the firmware's first start"
        : _placement.IsInChip ? $"the key in {_placement.Blocks} stays, SHA-256 of the given one {_key.Fingerprint}..."
        : $"burn {(_isMade ? "a new key" : "the key")} of {_key.Length} bytes, SHA-256 {_key.Fingerprint}..., and hide it";
}
