using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace Esp32Tools.Files;

/// <summary>
/// The temporary file in which a file is written before it gets its name. The temporary name contains the process id, so
/// that the remains of a killed run differ from the files of a running one.
/// </summary>
internal static class PartFile
{
    /// <summary>The extension of such a name.</summary>
    public const string Extension = ".part";

    private static readonly Regex s_form = new(@"\.(?<process>[0-9]+)\.[0-9A-Za-z]+\.part\b", RegexOptions.CultureInvariant);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, DateTime> s_cleared = new();

    /// <summary>Makes an empty one in the folder of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownerOnly">True when no other user may ever read it.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not make it.</exception>
    public static string Create(string path, bool ownerOnly)
    {
        ClearLeftovers(Path.GetDirectoryName(path)!);
        string prefix = $"{path}.{ProcessNumber().ToString(CultureInfo.InvariantCulture)}";
        if (ownerOnly)
        {
            return OwnerOnlyFile.Create(prefix, Extension);
        }

        string part = $"{prefix}.{Guid.NewGuid():N}{Extension}";
        new FileStream(part, FileMode.CreateNew, FileAccess.Write).Dispose();
        return part;
    }

    /// <summary>True when a text contains such a name.</summary>
    public static bool IsNamedIn(string text) => s_form.IsMatch(text);

    /// <summary>Replaces the temporary name in a text by the name of the file.</summary>
    public static string Unname(string text) => s_form.Replace(text, string.Empty);

    /// <summary>Removes one. A failure is ignored: the next run removes it, and the failure that led here is more important.</summary>
    /// <param name="part">Its path; null for none.</param>
    public static void Remove(string? part)
    {
        try
        {
            if (part is not null)
            {
                File.Delete(part);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }

    // A folder with thousands of files is not listed for each of them.
    private static void ClearLeftovers(string folder)
    {
        DateTime now = DateTime.UtcNow;
        if (s_cleared.TryGetValue(folder, out DateTime last) && now - last < s_pause && now >= last)
        {
            return;
        }

        s_cleared[folder] = now;
        try
        {
            foreach (string part in Directory.EnumerateFiles(folder, $"*{Extension}"))
            {
                ClearLeftover(part);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed can still be written to.
        }
    }

    private static void ClearLeftover(string part)
    {
        Match match = s_form.Match(part);
        if (!match.Success || !int.TryParse(match.Groups["process"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || IsAlive(number))
        {
            return;
        }

        try
        {
            // A file that another machine is writing, in a shared folder, cannot be opened.
            new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            File.Delete(part);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It belongs to another user.
        }
    }

    private static int ProcessNumber()
    {
        using var process = Process.GetCurrentProcess();
        return process.Id;
    }

    private static bool IsAlive(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It exists and belongs to another user.
            return true;
        }
    }
}
