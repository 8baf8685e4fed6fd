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
/// then moved there, so that it is complete or absent. Its files hold keys, and are readable by their owner alone.
/// </summary>
internal sealed class BoardFolder
{
    private const string BoardFile = "board.json";
    private const string FlashFile = "flash.bin";
    private const string EfuseFile = "efuse.bin";

    private const string Fresh = ".new";
    private const string Old = ".old";

    private readonly string _path;

    public BoardFolder(string path) => _path = Path.GetFullPath(path);

    /// <summary>The saved board; null when there is none.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.SimulatorStateInvalid"/></exception>
    public SavedBoard? Read()
    {
        try
        {
            Recover();
            if (!File.Exists(In(BoardFile)))
            {
                return null;
            }

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
        string fresh = $"{_path}.{Guid.NewGuid():N}{Fresh}";
        string old = $"{_path}.{Guid.NewGuid():N}{Old}";
        try
        {
            ClearLeftovers();
            Directory.CreateDirectory(fresh);
            WriteFile(fresh, BoardFile, ToJson(board));
            WriteFile(fresh, FlashFile, ToImage(cells));
            WriteFile(fresh, EfuseFile, fuses);
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InputException)
        {
            PutBack(fresh, old);
            throw new InputException(
                ErrorCode.FileAccess,
                $"The state of the board cannot be saved to '{_path}': {exception.Message.Replace(fresh, _path)}",
                "Check that the folder above it exists and may be written.",
                exception)
            { Target = _path };
        }
    }

    private static void WriteFile(string folder, string name, byte[] data) =>
        OutputFile.Write(Path.Combine(folder, name), data, force: false, FileCare.OwnerOnly);

    private static byte[] ToJson(SavedBoard board)
    {
        using MemoryStream text = new();
        using (System.Xml.XmlDictionaryWriter json = JsonReaderWriterFactory.CreateJsonWriter(text, Encoding.UTF8, ownsStream: false, indent: true))
        {
            new DataContractJsonSerializer(typeof(SavedBoard)).WriteObject(json, board);
        }

        return text.ToArray();
    }

    private static byte[] ToImage(PagedMemory cells)
    {
        uint[] addresses = [.. cells.Pages.Select(page => page * PagedMemory.PageSize).Where(address => !cells.IsBlankPage(address))];
        byte[] image = new byte[addresses.Length == 0 ? 0 : addresses.Max() + PagedMemory.PageSize];
        for (int i = 0; i < image.Length; i++)
        {
            image[i] = cells.Fill;
        }

        foreach (uint address in addresses)
        {
            Buffer.BlockCopy(cells.PageAt(address), 0, image, (int)address, PagedMemory.PageSize);
        }

        return image;
    }

    // A run that was killed between the two moves of Write left the board beside its place.
    private void Recover()
    {
        string[] left = Directory.Exists(_path) ? [] : [.. Beside(Old).Where(IsComplete)];
        if (left.Length > 0)
        {
            Directory.Move(left.OrderByDescending(Directory.GetLastWriteTimeUtc).First(), _path);
        }
    }

    // Only one process has a board, so what is beside its folder is of a run that was killed. It holds keys as well.
    private void ClearLeftovers()
    {
        foreach (string folder in Directory.Exists(_path) ? Beside(Fresh).Concat(Beside(Old)) : Beside(Fresh))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string[] Beside(string ending) => Path.GetDirectoryName(_path) is { } parent && Directory.Exists(parent)
        ? [.. Directory.GetDirectories(parent, $"{Path.GetFileName(_path)}.*{ending}").Where(folder => IsOurs(folder, ending))]
        : [];

    private bool IsOurs(string folder, string ending) =>
        Guid.TryParseExact(Path.GetFileName(folder).Substring(Path.GetFileName(_path).Length + 1).Replace(ending, string.Empty), "N", out _);

    private static bool IsComplete(string folder) =>
        new[] { BoardFile, FlashFile, EfuseFile }.All(name => File.Exists(Path.Combine(folder, name)));

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
