using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>
/// Makes the images of a batch: in memory, or in files with a manifest of them. <see cref="Check"/> comes first and finds all
/// problems before anything is made.
/// </summary>
public sealed class FactoryRun
{
    private readonly FactoryBatch _batch;
    private readonly FactoryRunOptions _options;
    private readonly FactoryFiles? _files;
    private readonly FactoryManifest? _manifest;

    /// <summary>A run.</summary>
    /// <param name="batch">The units.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.SettingsConflict"/>: both a key for all units and a key for each.
    /// </exception>
    /// <exception cref="FactoryDataException">Another file is in the place of the manifest.</exception>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/>: the existing manifest cannot be read.</exception>
    public FactoryRun(FactoryBatch batch, FactoryRunOptions options)
    {
        _batch = batch ?? throw new ArgumentNullException(nameof(batch));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        if (options.Key is not null && options.KeyPerUnit is not null)
        {
            throw new Esp32Exception(
                ErrorCode.SettingsConflict, "There is a key for all units, and a key for each is to be made.", "Give one of the two.");
        }

        if (options.Folder is string folder)
        {
            _files = new FactoryFiles(folder, options);
            _manifest = new FactoryManifest(folder, options.Prefix, options.Force);
        }
    }

    /// <summary>Checks the table and the existing files.</summary>
    /// <param name="onChecked">Receives the number of checked rows from time to time; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of units.</returns>
    /// <exception cref="FactoryDataException">All problems.</exception>
    public int Check(Action<int>? onChecked, CancellationToken cancellationToken)
    {
        if (_files is null || _manifest is null)
        {
            return _batch.Check(null, onChecked, cancellationToken);
        }

        int count = _batch.Check(
            (unit, image) =>
            {
                _manifest.Saw(unit);
                return _files.Check(unit, image);
            },
            onChecked,
            cancellationToken);
        _manifest.RequireAllSeen();
        return count;
    }

    /// <summary>Makes the images in memory, in the order of the rows.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="FactoryDataException">The table has changed since it was checked.</exception>
    public IEnumerable<(FactoryUnit Unit, FactoryDataImage Image)> MakeImages(CancellationToken cancellationToken) =>
        _batch.Make(_ => true, unit => (unit, MakeImage(unit)), cancellationToken);

    /// <summary>Writes the files, in the order of the rows, and the manifest after the last one.</summary>
    /// <param name="mayWrite">
    /// Called on the calling thread before a file is written, with its path and a description of the action; not called for a
    /// unit whose files already exist. Null to write all.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/>, and the errors of keys.
    /// </exception>
    /// <exception cref="FactoryDataException">The table has changed since it was checked.</exception>
    public IEnumerable<(FactoryUnit Unit, FactoryDataItem Item)> WriteFiles(Func<string, string, bool>? mayWrite, CancellationToken cancellationToken)
    {
        FactoryFiles files = _files ?? throw new InvalidOperationException("The run has no folder.");
        FactoryManifest manifest = _manifest!;
        Func<string, string, bool> may = mayWrite ?? ((_, _) => true);
        bool isComplete = true;
        bool hasFolders = false;
        bool IsWanted(FactoryUnit unit)
        {
            bool isUnchanged = files.IsUnchanged(unit);
            bool isWanted = isUnchanged || may(files.PathOf(unit), files.Describe(unit));
            if (isWanted && !isUnchanged && !hasFolders)
            {
                files.MakeFolders();
                hasFolders = true;
            }

            isComplete &= isWanted;
            return isWanted;
        }

        foreach ((FactoryUnit unit, FactoryDataItem item) in _batch.Make(IsWanted, unit => (unit, files.Write(unit)), cancellationToken))
        {
            manifest.Add(item);
            yield return (unit, item);
        }

        if (!(isComplete && manifest.IsUnchanged()) && may(manifest.FilePath, "Write the list of the units") && manifest.Count > 0)
        {
            manifest.Write();
        }
    }

    private FactoryDataImage MakeImage(FactoryUnit unit)
    {
        using FactoryKey? own = _options.KeyPerUnit is FactoryKeyScheme scheme ? FactoryKey.Generate(scheme) : null;
        NvsKey? key = own?.Key ?? _options.Key;
        byte[] image = unit.ToImage();
        image = key is null ? image : NvsCipher.Encrypt(image, key);
        return new FactoryDataImage(
            image,
            own is not null && _options.KeyPerUnit == FactoryKeyScheme.Xts ? NvsKey.FromFile(own.FileBytes) : null,
            own is not null && _options.KeyPerUnit == FactoryKeyScheme.Hmac ? new NvsHmacKey(own.FileBytes) : null)
        {
            Row = unit.Row,
            Id = unit.Id,
            Unit = unit.Name,
            Size = image.Length,
            Sha256 = FactoryFiles.Sha256Of(image),
            KeyFingerprint = key?.Fingerprint,
        };
    }
}
