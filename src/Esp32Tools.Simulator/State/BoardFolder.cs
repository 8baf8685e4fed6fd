using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.State;

/// <summary>
/// A saved board: a folder with <c>board.json</c>, <c>flash.bin</c> (up to the last page that is not blank) and
/// <c>efuse.bin</c> (the fuses as in silicon, block after block, check bytes included). It is replaced as a whole
/// (<see cref="FolderSwap"/>). Its files hold keys, and are readable by their owner alone.
/// </summary>
internal sealed class BoardFolder
{
    private const string BoardFile = "board.json";
    private const string FlashFile = "flash.bin";
    private const string EfuseFile = "efuse.bin";

    private readonly string _path;
    private readonly FolderSwap _swap;

    public BoardFolder(string path)
    {
        _path = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        _swap = new FolderSwap(_path);
    }

    /// <inheritdoc cref="FolderSwap.Step"/>
    public Action? Step
    {
        get => _swap.Step;
        set => _swap.Step = value;
    }

    /// <summary>The saved board; null when there is none. A save that was cut off is finished first.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/></exception>
    public SavedBoard? Read()
    {
        Attempt("what an unfinished save left beside it cannot be put right", _swap.Recover);
        if (!File.Exists(In(BoardFile)))
        {
            // A save replaces the folder, and would delete what is not its own.
            return !Directory.Exists(_path) || !Directory.EnumerateFileSystemEntries(_path).Any()
                ? null
                : throw Invalid($"it has files but no {BoardFile}");
        }

        byte[] text = ReadFile(BoardFile);
        try
        {
            using var stream = new MemoryStream(text);
            var saved = (SavedBoard?)new DataContractJsonSerializer(typeof(SavedBoard)).ReadObject(stream);
            return saved is null ? throw Invalid($"{BoardFile} is empty")
                : saved.Version == SavedBoard.CurrentVersion ? saved
                : throw Invalid($"it is of version {saved.Version}, not {SavedBoard.CurrentVersion}");
        }
        catch (Exception exception) when (exception is SerializationException or XmlException or FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw Invalid($"{BoardFile} is damaged ({exception.Message})", exception);
        }
    }

    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/></exception>
    public void LoadFlash(PagedMemory cells, long size)
    {
        byte[] image = ReadFile(FlashFile);
        if (image.Length > size)
        {
            throw Invalid($"{FlashFile} has {image.Length} bytes, the flash {size}");
        }

        cells.Clear();
        byte[] page = new byte[PagedMemory.PageSize];
        for (int at = 0; at < image.Length; at += PagedMemory.PageSize)
        {
            // Blank pages stay unmade.
            int count = Math.Min(PagedMemory.PageSize, image.Length - at);
            Buffer.BlockCopy(image, at, page, 0, count);
            if (page.Take(count).Any(value => value != cells.Fill))
            {
                cells.Write((uint)at, image, at, count);
            }
        }
    }

    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/></exception>
    public byte[] LoadEfuse(int length)
    {
        byte[] fuses = ReadFile(EfuseFile);
        return fuses.Length == length ? fuses : throw Invalid($"{EfuseFile} has {fuses.Length} bytes in place of {length}");
    }

    /// <summary>Writes the folder anew.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.FileAccess"/></exception>
    public void Write(SavedBoard board, PagedMemory cells, byte[] fuses)
    {
        try
        {
            _swap.Replace(new Dictionary<string, byte[]>
            {
                [BoardFile] = TextOf(board),
                [FlashFile] = ImageOf(cells),
                [EfuseFile] = fuses,
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InputException)
        {
            throw new InputException(
                ErrorCode.FileAccess,
                $"The state of the board cannot be saved to '{_path}': {exception.Message}",
                "Check that the folder above it exists and may be written.",
                exception)
            { Target = _path };
        }
    }

    private static byte[] TextOf(SavedBoard board)
    {
        using var stream = new MemoryStream();
        using (XmlDictionaryWriter json = JsonReaderWriterFactory.CreateJsonWriter(stream, Encoding.UTF8, ownsStream: false, indent: true))
        {
            new DataContractJsonSerializer(typeof(SavedBoard)).WriteObject(json, board);
        }

        return stream.ToArray();
    }

    private static byte[] ImageOf(PagedMemory cells)
    {
        uint[] pages = [.. cells.Pages.Where(page => !cells.IsBlankPage(page * PagedMemory.PageSize))];
        byte[] image = new byte[pages.Length == 0 ? 0 : (pages.Max() + 1) * PagedMemory.PageSize];
        cells.Read(0, image, 0, image.Length);
        return image;
    }

    private void Attempt(string failure, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InputException)
        {
            throw Invalid($"{failure} ({exception.Message})", exception);
        }
    }

    private byte[] ReadFile(string name)
    {
        byte[] bytes = [];
        Attempt($"{name} cannot be read", () => bytes = InputFile.Read(In(name)));
        return bytes;
    }

    private string In(string name) => Path.Combine(_path, name);

    private Esp32Exception Invalid(string why, Exception? inner = null) => new(
        ErrorCode.SimulatorStateInvalid,
        $"The saved board in '{_path}' cannot be used: {why}.",
        "Give another folder, or delete this one to begin with a fresh board.",
        inner)
    { Target = _path };
}
