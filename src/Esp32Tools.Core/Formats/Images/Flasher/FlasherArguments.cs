using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>
/// What a build wants flashed and how, from the files that ESP-IDF leaves in the build folder: <c>flasher_args.json</c>, or
/// <c>flash_args</c>, <c>flash_project_args</c> and the like, which are arguments of a command line. Options are taken in
/// both spellings, <c>--flash_mode</c> and <c>--flash-mode</c>. Sources: ESP-IDF, components/esptool_py/project_include.cmake
/// and flasher_args.json.in.
/// </summary>
public sealed class FlasherArguments
{
    internal FlasherArguments(string? source) => Source = source;

    /// <summary>The file that it was read from; null when it was a text.</summary>
    public string? Source { get; }

    /// <summary>The files, lowest address first.</summary>
    public IReadOnlyList<FlasherFile> Files { get; internal init; } = [];

    /// <summary>Flash mode for the bootloader's header, such as <c>dio</c>; null to keep it.</summary>
    public string? FlashMode { get; internal init; }

    /// <summary>Flash frequency for the bootloader's header, such as <c>80m</c>; null to keep it.</summary>
    public string? FlashFrequency { get; internal init; }

    /// <summary>Flash size for the bootloader's header, such as <c>4MB</c>, or <c>detect</c>; null to keep it.</summary>
    public string? FlashSize { get; internal init; }

    /// <summary>The chip that it was built for, as written; null when it does not say.</summary>
    public string? ChipName { get; internal init; }

    /// <summary>The chip that it was built for; null when it does not say, or names one that the catalogue has not.</summary>
    public ChipDefinition? Chip => ChipName is null ? null : ChipCatalog.Find(ChipName);

    /// <summary>How to reset into the loader, such as <c>default-reset</c>; null when it does not say.</summary>
    public string? Before { get; internal init; }

    /// <summary>What to do with the chip at the end, such as <c>hard-reset</c>; null when it does not say.</summary>
    public string? After { get; internal init; }

    /// <summary>False when the flasher stub is not to be used; null when it does not say.</summary>
    public bool? UseStub { get; internal init; }

    /// <summary>False when the bytes are to be sent as they are; null when it does not say.</summary>
    public bool? Compress { get; internal init; }

    /// <summary>True when all of the flash is to be erased first.</summary>
    public bool EraseAll { get; internal init; }

    /// <summary>Options that the file gives and that change nothing here, as written.</summary>
    public IReadOnlyList<string> Ignored { get; internal init; } = [];

    /// <summary>A sentence about what the file gives and the connection at hand decides; null where it gives nothing of the kind.</summary>
    public string? Unused
    {
        get
        {
            string?[] given =
            [
                Before is null ? null : $"before {Before}", After is null ? null : $"after {After}", UseStub is false ? "no stub" : null, .. Ignored,
            ];
            string[] said = [.. given.OfType<string>()];
            return said.Length == 0 ? null : $"{Source ?? "The list"} also says: {string.Join(", ", said)}. The connection at hand decides that.";
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, with or without the <c>@</c> that a command line has in front of it.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>;
    /// <see cref="ErrorCode.FlasherArgumentsInvalid"/>, with the line.
    /// </exception>
    public static FlasherArguments ReadFile(string path)
    {
        string file = path.StartsWith("@", StringComparison.Ordinal) && !File.Exists(path) ? path.Substring(1) : path;
        try
        {
            return Parse(File.ReadAllText(file, Encoding.UTF8), Path.GetFullPath(file));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(ErrorCode.FileNotFound, $"There is no file '{file}'.", "Check the path, and that the project was built.", error)
            { Target = file };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(ErrorCode.FileAccess, $"'{file}' cannot be read: {error.Message}", "Check who may read it.", error)
            { Target = file };
        }
    }

    /// <summary>Reads the text of either form of file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">The path that it came from: relative paths begin at its folder. Null when it has none.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FlasherArgumentsInvalid"/>, with the line.</exception>
    public static FlasherArguments Parse(string text, string? source = null)
    {
        string content = text.TrimStart('\uFEFF');
        FlasherArgumentsBuilder builder = new(source);
        if (content.TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            FlasherJsonReader.Read(content, builder);
        }
        else
        {
            FlasherTextReader.Read(content, builder);
        }

        return builder.Build();
    }

    // Of one part of the build, or of what is encrypted: app-flash_args, bootloader-flash_args, encrypted_flash_args.
    private static bool IsPartOf(string name)
    {
        const string Ending = "flash_args";
        return name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            && (name.Length == Ending.Length || name[name.Length - Ending.Length - 1] is '-' or '_');
    }

    /// <summary>True when a file may be one of these: by its name, since its text is like many others.</summary>
    public static bool IsNameOf(string path)
    {
        string name = Path.GetFileName(path);
        return path.StartsWith("@", StringComparison.Ordinal)
            || name.EndsWith("flasher_args.json", StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("flash_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("args", StringComparison.OrdinalIgnoreCase))
            || IsPartOf(name);
    }
}
