using System;

namespace Esp32Tools.Link.Transport;

/// <summary>The argument check that every read and write needs.</summary>
internal static class BufferRange
{
    /// <exception cref="ArgumentException">The range does not lie within the buffer, or is empty where it must not be.</exception>
    internal static void Check(byte[] buffer, int offset, int count, bool mayBeEmpty = false)
    {
        if (buffer is null)
        {
            throw new ArgumentNullException(nameof(buffer));
        }

        if (offset < 0 || count < (mayBeEmpty ? 0 : 1) || count > buffer.Length - offset)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"{count} bytes from {offset} of {buffer.Length}.");
        }
    }
}
