using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>
/// The files and options for flashing a build, from the files that ESP-IDF writes to the build folder: <c>flasher_args.json</c>, or
/// <c>flash_args</c>, <c>flash_project_args</c> and the like, which hold command line arguments. Options are accepted in both
/// spellings, <c>--flash_mode</c> and <c>--flash-mode</c>. Sources: ESP-IDF, components/esptool_py/project_include.cmake
/// and flasher_args.json.in.
/// </summary>
public sealed class FlasherArguments
{
    internal FlasherArguments(string? source) => Source = source;

    /// <summary>The file it was read from; null for text.</summary>
    public string? Source { get; }

    /// <summary>The files, lowest address first.</summary>
    public IReadOnlyList<FlasherFile> Files { get; internal init; } = [];

    /// <summary>Flash mode for the bootloader's header, such as <c>dio</c>; null to keep it.</summary>
    public string? FlashMode { get; internal init; }

    /// <summary>Flash frequency for the bootloader's header, such as <c>80m</c>; null to keep it.</summary>
    public string? FlashFrequency { get; internal init; }

    /// <summary>Flash size for the bootloader's header, such as <c>4MB</c>, or <c>detect</c>; null to keep it.</summary>
    public string? FlashSize { get; internal init; }

    /// <summary>The chip it was built for, as written; null when it does not say.</summary>
    public string? ChipName { get; internal init; }

    /// <summary>The chip it was built for; null when it does not say, or names a chip that the catalogue does not have.</summary>
    public ChipDefinition? Chip => ChipName is null ? null : ChipCatalog.Find(ChipName);

    /// <summary>Reset into the loader, such as <c>default-reset</c>; null when it does not say.</summary>
    public string? Before { get; internal init; }

    /// <summary>Reset at the end, such as <c>hard-reset</c>; null when it does not say.</summary>
    public string? After { get; internal init; }

    /// <summary>False to work without the flasher stub; null when it does not say.</summary>
    public bool? UseStub { get; internal init; }

    /// <summary>False to send the bytes uncompressed; null when it does not say.</summary>
    public bool? Compress { get; internal init; }

    /// <summary>True to erase the whole flash first.</summary>
    public bool EraseAll { get; internal init; }

    /// <summary>Options in the file that have no effect here, as written.</summary>
    public IReadOnlyList<string> Ignored { get; internal init; } = [];

    /// <summary>A sentence about the options in the file that the connection decides instead; null when there are none.</summary>
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
    /// <param name="path">Its path, with or without the <c>@</c> that precedes it on a command line.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>;
    /// <see cref="ErrorCode.FlasherArgumentsInvalid"/>, with the line.
    /// </exception>
    public static FlasherArguments ReadFile(string path, CancellationToken cancellationToken = default)
    {
        string file = path.StartsWith("@", StringComparison.Ordinal) && !File.Exists(path) ? path.Substring(1) : path;
        using var text = new StreamReader(new MemoryStream(InputFile.Read(file, cancellationToken)), Encoding.UTF8);
        return Parse(text.ReadToEnd(), Path.GetFullPath(file));
    }

    /// <summary>Reads the text of either form of file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Its path; relative paths begin at its folder. Null for none.</param>
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

    // Of one part of the build, or of its encrypted files: app-flash_args, bootloader-flash_args, encrypted_flash_args.
    private static bool IsPartOf(string name)
    {
        const string Ending = "flash_args";
        return name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            && (name.Length == Ending.Length || name[name.Length - Ending.Length - 1] is '-' or '_');
    }

    /// <summary>True when a file may be one of these, by its name: its text is not distinctive.</summary>
    public static bool IsNameOf(string path)
    {
        string name = Path.GetFileName(path);
        return path.StartsWith("@", StringComparison.Ordinal)
            || name.EndsWith("flasher_args.json", StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("flash_", StringComparison.OrdinalIgnoreCase) && name.EndsWith("args", StringComparison.OrdinalIgnoreCase))
            || IsPartOf(name);
    }
}
