using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Esp32Tools.Flash;

/// <summary>
/// Bytes and their address in flash. Use the same object for every device that gets the image, on any thread: it is
/// compressed once for all of them.
/// </summary>
/// <param name="Name">Name in messages and results: usually the file's path.</param>
/// <param name="Address">Flash address.</param>
/// <param name="Data">The bytes. No operation changes them, and they must not change after the first one.</param>
public sealed record FlashImage(string Name, uint Address, byte[] Data)
{
    private readonly List<ImageContent> _contents = [];

    /// <summary>True when the chip must encrypt the bytes as it writes them.</summary>
    public bool Encrypt { get; init; }

    /// <inheritdoc/>
    public bool Equals(FlashImage? other) => other is not null
        && Name == other.Name && Address == other.Address && Encrypt == other.Encrypt && ReferenceEquals(Data, other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)Address * 31) ^ RuntimeHelpers.GetHashCode(Data);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at 0x{Address:X}";

    /// <summary>
    /// The content that is computed once for all devices that get these bytes: the image's own, or with another header or padding.
    /// </summary>
    internal ImageContent ContentOf(byte[] bytes)
    {
        lock (_contents)
        {
            ImageContent? content = _contents.Find(known => ReferenceEquals(known.Data, bytes))
                ?? _contents.Find(known => known.Data.Length == bytes.Length && known.Data.SequenceEqual(bytes));
            if (content is null)
            {
                content = new ImageContent(bytes);
                _contents.Add(content);
            }

            return content;
        }
    }
}
