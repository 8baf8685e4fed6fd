using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>Collects the options and files of both forms of file; knows the options.</summary>
internal sealed class FlasherArgumentsBuilder(string? source)
{
    private static readonly HashSet<string> s_ignored =
    [
        "verify", "no-progress", "force", "ignore-flash-enc-efuse", "ignore-flash-encryption-efuse-setting", "trace", "no-diff-verify",
    ];

    // Options with a value that concern the connection, which is not for the build to choose.
    private static readonly HashSet<string> s_ignoredWithValue =
        ["port", "p", "baud", "b", "connect-attempts", "spi-connection", "override-vddsdio"];

    private readonly Dictionary<uint, FlasherFile> _files = [];
    private readonly Dictionary<uint, int> _lines = [];
    private readonly List<string> _ignored = [];

    public string? FlashMode { get; set; }

    public string? FlashFrequency { get; set; }

    public string? FlashSize { get; set; }

    public string? ChipName { get; set; }

    public string? Before { get; set; }

    public string? After { get; set; }

    public bool? UseStub { get; set; }

    private bool? Compress { get; set; }

    private bool EraseAll { get; set; }

    private bool EncryptAll { get; set; }

    /// <summary>Adds an option.</summary>
    /// <param name="option">As written, with its hyphens.</param>
    /// <param name="value">Gives the next word, which is its value.</param>
    /// <param name="line">Its line, for messages.</param>
    public void TakeOption(string option, Func<string> value, int line)
    {
        string name = option.TrimStart('-').Replace('_', '-');
        switch (name)
        {
            case "flash-mode" or "fm":
                FlashMode = Setting(value());
                break;
            case "flash-freq" or "ff":
                FlashFrequency = Setting(value());
                break;
            case "flash-size" or "fs":
                FlashSize = Setting(value());
                break;
            case "chip" or "c":
                ChipName = value();
                break;
            case "before":
                Before = value();
                break;
            case "after" or "a":
                After = value();
                break;
            case "no-stub":
                UseStub = false;
                break;
            case "compress" or "z":
                Compress = true;
                break;
            case "no-compress" or "u":
                Compress = false;
                break;
            case "erase-all" or "e":
                EraseAll = true;
                break;
            case "encrypt":
                EncryptAll = true;
                break;
            default:
                Ignore(option, name, value, line);
                break;
        }
    }

    /// <summary>Adds a file.</summary>
    public void TakeFile(uint address, string path, bool isEncrypted, int line)
    {
        if (path.Length == 0)
        {
            throw Invalid(line, $"names no file for 0x{address:X}");
        }

        if (_files.TryGetValue(address, out FlasherFile other))
        {
            if (other.Path != path)
            {
                throw Invalid(line, $"has '{path}' at 0x{address:X}, where line {_lines[address]} has '{other.Path}'");
            }

            isEncrypted |= other.IsEncrypted;
        }

        _files[address] = new FlasherFile(address, path, FullPath(path, line), isEncrypted);
        _lines[address] = line;
    }

    /// <summary>True when a file was already named for an address.</summary>
    public bool HasFile(uint address) => _files.ContainsKey(address);

    /// <summary>Reads an address: decimal, or hexadecimal after 0x.</summary>
    public static bool TryReadAddress(string text, out uint address)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(
            isHex ? text.Substring(2) : text,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out address);
    }

    /// <summary>A flash setting; null for the word that keeps it.</summary>
    public static string? Setting(string value) => string.Equals(value, "keep", StringComparison.OrdinalIgnoreCase) ? null : value;

    /// <summary>The collected arguments.</summary>
    public FlasherArguments Build() => _files.Count == 0 ? throw Invalid(1, "begins a list without a file to flash") : new(source)
    {
        Files = [.. _files.Values.OrderBy(file => file.Address).Select(file => file with { IsEncrypted = file.IsEncrypted || EncryptAll })],
        FlashMode = FlashMode,
        FlashFrequency = FlashFrequency,
        FlashSize = FlashSize,
        ChipName = ChipName,
        Before = Before,
        After = After,
        UseStub = UseStub,
        Compress = Compress,
        EraseAll = EraseAll,
        Ignored = _ignored,
    };

    /// <summary>The exception for an error in a line.</summary>
    public InputException Invalid(int line, string what, Exception? cause = null) => new(
        ErrorCode.FlasherArgumentsInvalid,
        $"Line {line} of {(source is null ? "the flasher arguments" : $"'{source}'")} {what}.",
        "Build the project again, or correct the line.",
        cause)
    { Target = source };

    private void Ignore(string option, string name, Func<string> value, int line)
    {
        if (s_ignoredWithValue.Contains(name))
        {
            _ignored.Add($"{option} {value()}");
        }
        else if (s_ignored.Contains(name))
        {
            _ignored.Add(option);
        }
        else
        {
            throw Invalid(line, $"has the option '{option}', which is not known");
        }
    }

    // A list from Windows has backslashes, which may be part of a name elsewhere.
    private static string Existing(string folder, string path)
    {
        string written = Path.GetFullPath(Path.Combine(folder, path));
        return Path.DirectorySeparatorChar == '\\' || path.IndexOf('\\') < 0 || File.Exists(written)
            ? written
            : Path.GetFullPath(Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar)));
    }

    private string FullPath(string path, int line)
    {
        try
        {
            string? folder = source is null ? null : Path.GetDirectoryName(Path.GetFullPath(source));
            return folder is null ? path : Existing(folder, path);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw Invalid(line, $"names '{path}', which is no path", error);
        }
    }
}
