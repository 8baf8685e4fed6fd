using System;
using System.IO;
using Esp32Tools.Errors;

namespace Esp32Tools.Files;

/// <summary>Failures to write a file, with their cause and the name that the user knows.</summary>
internal static class WriteFailure
{
    // Windows: ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL; Linux and macOS: ENOSPC, and EDQUOT of either.
    private const int HandleDiskFull = unchecked((int)0x8007_0027);
    private const int DiskFull = unchecked((int)0x8007_0070);
    private const int NoSpace = 28;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;

    /// <summary>The failure.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">The failure of the system.</param>
    public static InputException Of(string path, Exception error) => new(
        ErrorCode.FileAccess,
        $"'{path}' cannot be written: {Reason(error)}",
        IsDiskFull(error) ? "Make room, or choose another path." : "Check the path, and who may write there.",
        PartFile.IsNamedIn(error.Message) ? null : error)
    { Target = path };

    /// <summary>The cause, as a sentence that names no file other than the intended one.</summary>
    public static string Reason(Exception error) => IsDiskFull(error) ? "The disk is full." : PartFile.Unname(error.Message);

    private static bool IsDiskFull(Exception error) =>
        error is IOException && error.HResult is HandleDiskFull or DiskFull or NoSpace or QuotaOnLinux or QuotaOnMac;
}
