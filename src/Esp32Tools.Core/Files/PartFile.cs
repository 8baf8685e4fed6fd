using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;

namespace Esp32Tools.Files;

/// <summary>
/// The file beside a file, under which that is written before it gets its name. Its own name has the number of the process, so
/// that what a killed run left can be told from what another one is writing now.
/// </summary>
internal static class PartFile
{
    /// <summary>How such a name ends.</summary>
    public const string Extension = ".part";

    private static readonly Regex s_form = new(@"\.(?<process>[0-9]+)\.[0-9A-Za-z]+\.part\b", RegexOptions.CultureInvariant);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, DateTime> s_cleared = new();

    /// <summary>Makes an empty one beside a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownerOnly">True when nobody else is ever to read it.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be made.</exception>
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

    /// <summary>True when a text names one.</summary>
    public static bool IsNamedIn(string text) => s_form.IsMatch(text);

    /// <summary>A text with the name of the file in place of that of the one beside it.</summary>
    public static string Unname(string text) => s_form.Replace(text, string.Empty);

    /// <summary>Removes one. A failure is no error: the next run clears it, and what led here says more.</summary>
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
            // Above.
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
            // One that another machine is writing to, in a shared folder, does not open.
            new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            File.Delete(part);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is not ours to clear.
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
            // It is there and belongs to somebody else.
            return true;
        }
    }
}
