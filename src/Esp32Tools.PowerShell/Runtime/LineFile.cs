using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Files;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Appends whole lines to a file to which other devices and other processes append as well. No handle is open in between: the
/// file can be read, moved and deleted meanwhile.
/// </summary>
internal sealed class LineFile
{
    private const int MostKept = 1 << 20;

    // Appending takes far less; a file that is still taken then is taken by somebody who does not append.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly object s_gate = new();

    // A lock of Unix that lets readers in lets writers in, too.
    private static readonly FileShare s_share =
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? FileShare.Read | FileShare.Delete : FileShare.None;

    private readonly string _path;
    private readonly string _kind;
    private readonly StringBuilder _waiting = new();
    private Exception? _failure;
    private bool _isFailing;
    private bool _isTold;

    /// <summary>Makes sure that the file can be written, so that a path that cannot is known at once.</summary>
    /// <param name="path">The file; it is made if it is not there.</param>
    /// <param name="kind">Its kind, for messages.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.FolderNotFound"/>, <see cref="ErrorCode.FileAccess"/></exception>
    public LineFile(string path, string kind)
    {
        _path = path;
        _kind = kind;
        OutputFile.RequireFolder(path);
        OutputFile.RequireFree(path, force: true);
        if (TryAppend(string.Empty, s_patience) is Exception error)
        {
            throw new Esp32Exception(
                ErrorCode.FileAccess, $"The {kind} '{path}' cannot be written: {OutputFile.ReasonOf(error)}", "Check the path, and who may write there.", error)
            { Target = path };
        }
    }

    /// <summary>
    /// Appends lines. A locked file or a full disk must not break off a burn half way, so a failure is not an error here: the
    /// lines wait for the next call, and above a megabyte the oldest are lost.
    /// </summary>
    /// <param name="lines">The lines, each with its end.</param>
    public void Append(string lines)
    {
        lock (s_gate)
        {
            _waiting.Append(lines);
            Exception? failure = TryAppend(_waiting.ToString(), _isFailing ? TimeSpan.Zero : s_patience);
            _isFailing = failure is not null;
            if (failure is null)
            {
                _waiting.Clear();
                return;
            }

            _failure = failure;
            if (_waiting.Length > MostKept)
            {
                string kept = _waiting.ToString(_waiting.Length - MostKept, MostKept);
                _waiting.Clear().Append(kept, kept.IndexOf('\n') + 1, kept.Length - kept.IndexOf('\n') - 1);
            }
        }
    }

    /// <summary>Warns, once for each file, when lines could not be written.</summary>
    /// <param name="warn">Receives the warning.</param>
    public void Tell(Action<string> warn)
    {
        lock (s_gate)
        {
            if (_failure is null || _isTold)
            {
                return;
            }

            _isTold = true;
        }

        warn($"The {_kind} '{_path}' lacks lines, and the work goes on without them: {OutputFile.ReasonOf(_failure)}");
    }

    private Exception? TryAppend(string text, TimeSpan patience)
    {
        byte[] bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
        DateTime end = DateTime.UtcNow + patience;
        while (true)
        {
            try
            {
                AppendBytes(bytes);
                return null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException)
            {
                // Only a file that others have open is worth a second try; a folder that is missing stays missing.
                if (error.GetType() != typeof(IOException) || DateTime.UtcNow >= end)
                {
                    return error;
                }

                Thread.Sleep(s_pause);
            }
        }
    }

    private void AppendBytes(byte[] bytes)
    {
        // Another file may stand there meanwhile, and to open a pipe that nobody reads would block the work.
        OutputFile.RequireFree(_path, force: true);
        using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, s_share, bufferSize: 1);
        long start = stream.CanSeek ? stream.Seek(0, SeekOrigin.End) : 0;
        try
        {
            if (start > 0 && bytes.Length > 0 && !EndsLine(stream))
            {
                stream.WriteByte((byte)'\n');
            }

            stream.Write(bytes, 0, bytes.Length);
            stream.Flush();
        }
        catch (IOException) when (start > 0)
        {
            // Half a line is none.
            stream.SetLength(start);
            throw;
        }
    }

    // A process that was killed may have left half a line.
    private static bool EndsLine(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }
}
