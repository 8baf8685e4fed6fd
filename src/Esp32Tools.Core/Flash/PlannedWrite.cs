using System.Threading;
using System.Threading.Tasks;

namespace Esp32Tools.Flash;

/// <summary>One image of a plan, in the bytes that will be sent.</summary>
public sealed class PlannedWrite
{
    private Task<ZlibStream>? _compressed;

    internal PlannedWrite(FlashImage image, byte[] data, string? headerNote)
    {
        Name = image.Name;
        Address = image.Address;
        Data = data;
        HeaderNote = headerNote;
    }

    /// <summary>Name of the image.</summary>
    public string Name { get; }

    /// <summary>Flash address.</summary>
    public uint Address { get; }

    /// <summary>Bytes to write.</summary>
    public int Length => Data.Length;

    /// <summary>First address of the sectors that will be erased.</summary>
    public long EraseStart => FlashLayout.Floor(Address);

    /// <summary>Address behind the sectors that will be erased.</summary>
    public long EraseEnd => FlashLayout.Ceiling((long)Address + Length);

    /// <summary>Why asked-for flash settings were not put into the header; null when they were, or none were asked for.</summary>
    public string? HeaderNote { get; }

    internal byte[] Data { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"erase 0x{EraseStart:X} to 0x{EraseEnd:X}, write {Length} bytes of {Name} at 0x{Address:X}";

    /// <summary>Begins to compress the image on a thread of its own, if that has not begun yet.</summary>
    internal void StartCompressing() => _compressed ??= Task.Run(() => ZlibStream.Compress(FlashLayout.Pad(Data)));

    /// <summary>The image compressed. It is kept, so that a plan carried out again does not compress again.</summary>
    internal ZlibStream WaitForCompressed(CancellationToken cancellationToken)
    {
        StartCompressing();
        _compressed!.Wait(cancellationToken);
        return _compressed.Result;
    }
}
