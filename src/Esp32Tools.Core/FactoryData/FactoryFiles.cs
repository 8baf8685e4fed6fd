using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>
/// The files of units, in folders as the vendor's utility makes them: bin, csv and keys. Files with keys or plain values are
/// accessible to their owner alone. An existing key file is used and never replaced: its key may already be in a chip.
/// </summary>
internal sealed class FactoryFiles
{
    private readonly string _folder;
    private readonly FactoryKeyScheme? _keyPerUnit;
    private readonly NvsKey? _key;
    private readonly bool _withCsv;
    private readonly bool _force;
    private readonly ConcurrentDictionary<int, bool> _unchanged = new();

    /// <param name="folder">Their folder.</param>
    /// <param name="options">Keys, and whether to write values and replace files.</param>
    public FactoryFiles(string folder, FactoryRunOptions options)
    {
        _folder = folder;
        _keyPerUnit = options.KeyPerUnit;
        _key = options.Key;
        _withCsv = options.WithCsv;
        _force = options.Force;
    }

    /// <summary>The image of a unit.</summary>
    public string PathOf(FactoryUnit unit) => Path.Combine(_folder, "bin", $"{unit.Name}.bin");

    /// <summary>True when all files of a unit already exist with the content to write.</summary>
    public bool IsUnchanged(FactoryUnit unit) => _unchanged.ContainsKey(unit.Row);

    /// <summary>Description of the action for a unit.</summary>
    public string Describe(FactoryUnit unit)
    {
        string key = KeyPathOf(unit) is not { } path ? (_key is null ? string.Empty : ", encrypted")
            : File.Exists(path) ? $", encrypted with the key in {path}"
            : $", encrypted with a new key that goes to {path}";
        return $"Write the NVS image of row {unit.Row}{key}{(CsvPathOf(unit) is { } csv ? $", and its values in plain text to {csv}" : string.Empty)}";
    }

    /// <summary>Files in the way of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="image">Its plain image.</param>
    public IEnumerable<FactoryProblem> Check(FactoryUnit unit, byte[] image)
    {
        (FactoryKey? own, FactoryProblem? wrong) = TryReadKey(unit);
        using (own)
        {
            if (wrong is not null)
            {
                return [wrong];
            }

            bool isNewKey = _keyPerUnit is not null && own is null;
            string?[] differing =
            [
                Differing(PathOf(unit), isNewKey ? null : () => Encrypted(image, own)),
                CsvPathOf(unit) is { } csv ? Differing(csv, unit.ToCsv) : null,
            ];
            if (!isNewKey && differing.All(path => path is null) && File.Exists(PathOf(unit)) && (CsvPathOf(unit) is not { } values || File.Exists(values)))
            {
                _unchanged[unit.Row] = true;
            }

            return differing.OfType<string>().Where(_ => !_force).Select(path => unit.Problem(
                FactoryRule.Exists, $"'{path}' exists already, with other content.", "Move it away, choose another folder or prefix, or force it to be replaced."))
                .ToArray();
        }
    }

    /// <summary>Creates the folders.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public void MakeFolders()
    {
        OutputFile.MakeFolder(Path.Combine(_folder, "bin"));
        if (_keyPerUnit is not null)
        {
            OutputFile.MakeFolder(Path.Combine(_folder, "keys"));
        }

        if (_withCsv)
        {
            OutputFile.MakeFolder(Path.Combine(_folder, "csv"));
        }
    }

    /// <summary>Writes the missing files. The key comes first: an image without its key would be lost.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileExists"/>, <see cref="ErrorCode.FileAccess"/>, and the errors of keys.
    /// </exception>
    public FactoryDataItem Write(FactoryUnit unit)
    {
        using FactoryKey? own = OwnKey(unit);
        byte[] image = Encrypted(unit.ToImage(), own);
        string path = PathOf(unit);
        bool isWritten = WriteChanged(path, image, (own?.Key ?? _key) is null ? FileCare.Secret : FileCare.Durable);
        if (CsvPathOf(unit) is { } csv)
        {
            byte[] values = unit.ToCsv();
            isWritten |= WriteChanged(csv, values, FileCare.Secret);
            Array.Clear(values, 0, values.Length);
        }

        return new FactoryDataItem
        {
            Row = unit.Row,
            Id = unit.Id,
            Unit = unit.Name,
            Size = image.Length,
            Sha256 = Sha256Of(image),
            KeyFingerprint = (own?.Key ?? _key)?.Fingerprint,
            Path = path,
            KeyPath = KeyPathOf(unit),
            CsvPath = CsvPathOf(unit),
            State = isWritten ? nameof(FactoryFileState.Written) : nameof(FactoryFileState.Unchanged),
        };
    }

    /// <summary>SHA-256 in lowercase hexadecimal.</summary>
    public static string Sha256Of(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(bytes)).Replace("-", string.Empty).ToLowerInvariant();
    }

    /// <summary>True when a file exists with the same content.</summary>
    public static bool IsThere(string path, byte[] data) => File.Exists(path) && Differing(path, () => data) is null;

    private string? KeyPathOf(FactoryUnit unit) => _keyPerUnit is FactoryKeyScheme scheme
        ? Path.Combine(_folder, "keys", $"{(scheme == FactoryKeyScheme.Hmac ? "hmac-keys" : "keys")}-{unit.Name}.bin")
        : null;

    private string? CsvPathOf(FactoryUnit unit) => _withCsv ? Path.Combine(_folder, "csv", $"{unit.Name}.csv") : null;

    private (FactoryKey? Key, FactoryProblem? Wrong) TryReadKey(FactoryUnit unit)
    {
        if (KeyPathOf(unit) is not { } path || !File.Exists(path))
        {
            return (null, null);
        }

        try
        {
            return (FactoryKey.Read(_keyPerUnit!.Value, path), null);
        }
        catch (InputException error)
        {
            return (null, unit.Problem(FactoryRule.Key, error.Message, error.Advice));
        }
    }

    private FactoryKey? OwnKey(FactoryUnit unit)
    {
        if (KeyPathOf(unit) is not { } path)
        {
            return null;
        }

        if (File.Exists(path))
        {
            return FactoryKey.Read(_keyPerUnit!.Value, path);
        }

        var key = FactoryKey.Generate(_keyPerUnit!.Value);
        OutputFile.Write(path, key.FileBytes, force: false, FileCare.Secret);
        return key;
    }

    private byte[] Encrypted(byte[] image, FactoryKey? own) => (own?.Key ?? _key) is { } key ? NvsCipher.Encrypt(image, key) : image;

    private bool WriteChanged(string path, byte[] data, FileCare care)
    {
        if (IsThere(path, data))
        {
            return false;
        }

        OutputFile.Write(path, data, _force, care);
        return true;
    }

    // The path when the file exists with different content.
    private static string? Differing(string path, Func<byte[]>? content)
    {
        if (!File.Exists(path))
        {
            return Directory.Exists(path) ? path : null;
        }

        return content is not null && InputFile.Read(path).AsEnumerable().SequenceEqual(content()) ? null : path;
    }
}
