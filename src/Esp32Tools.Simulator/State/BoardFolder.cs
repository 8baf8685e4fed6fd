using System;
using System.IO;
using System.Linq;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Simulator.Memory;

namespace Esp32Tools.Simulator.State;

/// <summary>
/// A saved board: a folder with <c>board.json</c>, <c>flash.bin</c> (up to the last byte that is not blank) and
/// <c>efuse.bin</c> (the fuses as in silicon, block after block, check bytes included). It is written beside its place and
/// then moved there, so that it is complete or absent.
/// </summary>
internal sealed class BoardFolder
{
    private const string BoardFile = "board.json";
    private const string FlashFile = "flash.bin";
    private const string EfuseFile = "efuse.bin";

    private readonly string _path;

    public BoardFolder(string path) => _path = Path.GetFullPath(path);

    /// <summary>The saved board; null when there is none.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/></exception>
    public SavedBoard? Read()
    {
        if (!File.Exists(In(BoardFile)))
        {
            return null;
        }

        try
        {
            using var file = new MemoryStream(InputFile.Read(In(BoardFile)));
            var saved = (SavedBoard)new DataContractJsonSerializer(typeof(SavedBoard)).ReadObject(file)!;
            return saved.Version == SavedBoard.CurrentVersion ? saved : throw Invalid($"it is of version {saved.Version}, not {SavedBoard.CurrentVersion}");
        }
        catch (Exception exception) when (exception is SerializationException or InputException)
        {
            throw Invalid($"{BoardFile} cannot be read ({exception.Message})", exception);
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
        string fresh = $"{_path}.{Guid.NewGuid():N}.new";
        string old = $"{_path}.{Guid.NewGuid():N}.old";
        try
        {
            Directory.CreateDirectory(fresh);
            using (FileStream file = File.Create(Path.Combine(fresh, BoardFile)))
            using (System.Xml.XmlDictionaryWriter json = JsonReaderWriterFactory.CreateJsonWriter(file, Encoding.UTF8, ownsStream: false, indent: true))
            {
                new DataContractJsonSerializer(typeof(SavedBoard)).WriteObject(json, board);
            }

            WriteFlash(Path.Combine(fresh, FlashFile), cells);
            File.WriteAllBytes(Path.Combine(fresh, EfuseFile), fuses);
            bool exists = Directory.Exists(_path);
            if (exists)
            {
                Directory.Move(_path, old);
            }

            Directory.Move(fresh, _path);
            if (exists)
            {
                Directory.Delete(old, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            PutBack(fresh, old);
            throw new InputException(
                ErrorCode.FileAccess,
                $"The state of the board cannot be saved to '{_path}': {exception.Message}",
                "Check that the folder above it exists and may be written.",
                exception)
            { Target = _path };
        }
    }

    private static void WriteFlash(string path, PagedMemory cells)
    {
        using FileStream file = File.Create(path);
        foreach (uint page in cells.Pages.OrderBy(page => page))
        {
            uint address = page * PagedMemory.PageSize;
            if (cells.IsBlankPage(address))
            {
                continue;
            }

            for (long gap = address - file.Position; gap > 0; gap--)
            {
                file.WriteByte(cells.Fill);
            }

            file.Write(cells.PageAt(address), 0, PagedMemory.PageSize);
        }
    }

    private void PutBack(string fresh, string old)
    {
        if (!Directory.Exists(_path) && Directory.Exists(old))
        {
            Directory.Move(old, _path);
        }

        if (Directory.Exists(fresh))
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private byte[] ReadFile(string name)
    {
        try
        {
            return InputFile.Read(In(name));
        }
        catch (InputException exception)
        {
            throw Invalid($"{name} cannot be read ({exception.Message})", exception);
        }
    }

    private string In(string name) => Path.Combine(_path, name);

    private Esp32Exception Invalid(string why, Exception? inner = null) => new(
        ErrorCode.SimulatorStateInvalid,
        $"The saved board in '{_path}' cannot be used: {why}.",
        "Give another folder, or delete this one to begin with a fresh board.",
        inner)
    { Target = _path };
}
