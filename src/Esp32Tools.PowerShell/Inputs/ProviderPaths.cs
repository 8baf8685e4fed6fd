using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Resolves PowerShell paths (drives, ~, relative) to paths of the file system.</summary>
internal sealed class ProviderPaths(SessionState session, CancellationToken stopToken = default)
{
    private const string FileSystem = "FileSystem";

    /// <summary>Ends what is done with the files.</summary>
    public CancellationToken StopToken => stopToken;

    /// <summary>One path, which need not exist; wildcards are plain letters.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: not in the file system.</exception>
    public string Resolve(string path)
    {
        string resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem ? resolved : throw Elsewhere(path, provider);
    }

    /// <summary>The file to write: under a name in a folder that exists, or whose path ends like that of one; or else the path itself.</summary>
    /// <param name="destination">The path.</param>
    /// <param name="name">Name of the file in a folder.</param>
    /// <exception cref="Esp32Exception">As for <see cref="Resolve"/>.</exception>
    public OutputPlace ResolveInto(string destination, string name)
    {
        string target = Resolve(destination);
        bool isNew = !Directory.Exists(target);
        bool isFolder = destination.EndsWith("/", StringComparison.Ordinal) || destination.EndsWith("\\", StringComparison.Ordinal);
        return isNew && !isFolder ? new OutputPlace(target, IsInNewFolder: false) : new OutputPlace(Path.Combine(target, name), isNew);
    }

    /// <summary>True when text is the path of a file that exists, as it is spelled; any text may be asked about.</summary>
    public bool IsFile(string text) => IsRegularFile(text) is not null;

    /// <summary>True for a regular file, false for a device or a pipe, null where there is no such path; any text may be asked about.</summary>
    public bool? IsRegularFile(string text)
    {
        try
        {
            string path = session.Path.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            return provider.Name == FileSystem ? InputFile.IsRegular(path) : null;
        }
        catch (Exception error) when (error is RuntimeException or ArgumentException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The files that a path names, by a wildcard or not; at least one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isLiteral">True when wildcards are plain letters.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.FileNotFound"/>; <see cref="ErrorCode.ValueInvalid"/>: not in the file system.
    /// </exception>
    public IReadOnlyList<string> ResolveAll(string path, bool isLiteral)
    {
        if (!isLiteral && PortText.IsName(path) && !IsFile(path))
        {
            throw new Esp32Exception(
                ErrorCode.ValueInvalid, $"'{path}' is the name of a port, not a file.", "Use -Device where the cmdlet has it, or read the bytes into a file first.")
            { Target = path };
        }

        if (isLiteral || !WildcardPattern.ContainsWildcardCharacters(path))
        {
            // Escaped wildcards are plain letters.
            return [Resolve(isLiteral ? path : WildcardPattern.Unescape(path))];
        }

        IReadOnlyList<string> found = session.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        if (provider.Name != FileSystem)
        {
            throw Elsewhere(path, provider);
        }

        return found.Count > 0 ? found : throw NothingMatches(path);
    }

    /// <summary>The one file that a path names, by a wildcard or not.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isLiteral">True when wildcards are plain letters.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.FileNotFound"/>; <see cref="ErrorCode.ValueInvalid"/>: several files, or not in the file system.
    /// </exception>
    public string ResolveOne(string path, bool isLiteral)
    {
        IReadOnlyList<string> found = ResolveAll(path, isLiteral);
        if (found.Count == 1)
        {
            return found[0];
        }

        IEnumerable<string> names = found.Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal);
        throw new Esp32Exception(
            ErrorCode.ValueInvalid, $"'{path}' names {found.Count} files: {string.Join(", ", names)}.", "Name one file.")
        { Target = path };
    }

    // A bracket in the name of a file is the one wildcard that people do not mean.
    private static Esp32Exception NothingMatches(string path) => path.IndexOf('[') < 0
        ? InputFile.NotFound(path)
        : new InputException(
            ErrorCode.FileNotFound,
            $"No file matches '{path}'.",
            "Square brackets are wildcards here. If they are part of the name, give it as -LiteralPath, or put a backtick before each bracket.")
        { Target = path };

    private static Esp32Exception Elsewhere(string path, ProviderInfo provider) => new(
        ErrorCode.ValueInvalid, $"'{path}' is not a file: it belongs to {provider.Name}.", "Name a path in the file system.")
    { Target = path };
}
