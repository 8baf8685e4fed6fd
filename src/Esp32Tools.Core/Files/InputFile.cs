using System;
using System.IO;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Files;

/// <summary>Reads files, with failures that name the file.</summary>
public static class InputFile
{
    /// <summary>The maximum length of a file to read, in bytes: far more than the largest flash, and less than an array can hold.</summary>
    public const int MaxLength = 1 << 30;

    private const int PieceLength = 1 << 20;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All bytes of a file. Its length is checked before anything is read.</summary>
    /// <param name="path">The file: a regular one, not a device or a pipe.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>; <see cref="ErrorCode.FileAccess"/>: it is a folder, a device or a pipe, is longer than
    /// <see cref="MaxLength"/>, or cannot be read.
    /// </exception>
    /// <exception cref="OperationCanceledException"/>
    public static byte[] Read(string path, CancellationToken cancellationToken = default) => Open(path, file =>
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        return ReadAll(stream, path, cancellationToken);
    });

    /// <summary>Opens a file as text: UTF-8, or the encoding of its byte order mark. Others cannot write to it while it is open.</summary>
    /// <param name="path">The file: a regular one, not a device or a pipe.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public static TextReader OpenText(string path) => Open(
        path, file => new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read), s_strict, detectEncodingFromByteOrderMarks: true));

    /// <summary>True for a regular file, false for a device or a pipe; null where there is no file.</summary>
    public static bool? IsRegular(string path) => File.Exists(path) ? FileKind.IsRegular(path) : null;

    /// <summary>The failure for a file that does not exist.</summary>
    public static InputException NotFound(string path) =>
        new(ErrorCode.FileNotFound, $"There is no file '{path}'.", "Check the path and the current folder.") { Target = path };

    private static byte[] ReadAll(FileStream stream, string path, CancellationToken cancellationToken)
    {
        if (stream.Length > MaxLength)
        {
            throw new InputException(
                ErrorCode.FileAccess,
                $"'{path}' has {stream.Length} bytes, and no file of more than {MaxLength} is read.",
                "Check that it is the right file.")
            { Target = path };
        }

        byte[] data = new byte[stream.Length];
        int done = 0;
        while (done < data.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = stream.Read(data, done, Math.Min(PieceLength, data.Length - done));
            if (count == 0)
            {
                throw new IOException("It became shorter while it was read.");
            }

            done += count;
        }

        return data;
    }

    private static T Open<T>(string path, Func<string, T> open)
    {
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new InputException(ErrorCode.FileAccess, $"'{path}' is a folder.", "Name a file.") { Target = path }
                : NotFound(path);
        }

        // Opening a pipe could block forever, and a device has no end.
        if (!FileKind.IsRegular(path))
        {
            throw new InputException(
                ErrorCode.FileAccess, $"'{path}' is a device or a pipe, not a regular file.", "Copy its contents into a file, and name that.")
            { Target = path };
        }

        try
        {
            return open(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException(
                ErrorCode.FileAccess, $"'{path}' cannot be read: {error.Message}", "Check who may read it, and that no program holds it.", error)
            { Target = path };
        }
    }
}
