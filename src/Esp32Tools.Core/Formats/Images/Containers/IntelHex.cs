using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>
/// Intel HEX: bytes with their addresses, as lines of text.
/// <code>
/// :  LL     AAAA     TT    data     CC
///    bytes  address  type  LL * 2   two's complement of the sum of all bytes before it
/// type 00 data, 01 end, 02 segment base (times 16), 03 start segment, 04 upper 16 bits of the address, 05 start address
/// </code>
/// Source: Intel, Hexadecimal Object File Format Specification, revision A.
/// </summary>
public static class IntelHex
{
    /// <summary>
    /// True when the first line is a record. A colon alone would match one data file in 256, so the form of the whole line
    /// counts; its values, including the checksum, do not.
    /// </summary>
    public static bool LooksLike(byte[] bytes)
    {
        const int ShortestRecord = 10;
        if (bytes.Length == 0 || bytes[0] != ':')
        {
            return false;
        }

        int end = 1;
        while (end < bytes.Length && IntelHexReader.DigitOf(bytes[end]) >= 0)
        {
            end++;
        }

        bool isWholeLine = end == bytes.Length || bytes[end] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t';
        return isWholeLine && end - 1 >= ShortestRecord && (end - 1) % 2 == 0;
    }

    /// <summary>Reads a file; each run of consecutive addresses becomes one part, lowest first.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="source">Its origin, for messages and as the name of the parts: a path; null for none.</param>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.IntelHexInvalid"/>: a line is damaged, or two give the same address.
    /// <see cref="ErrorCode.ImageTruncated"/>: the end record is missing. <see cref="ErrorCode.ImageEmpty"/>: there is no data
    /// in it.
    /// </exception>
    public static IReadOnlyList<ImagePart> Parse(byte[] bytes, string? source = null) => new IntelHexReader(bytes, source).Read();

    /// <summary>Writes a file: 16 bytes per line, line feeds as line ends, lowest address first.</summary>
    /// <param name="parts">The parts; empty parts write nothing.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.ImagesOverlap"/></exception>
    public static byte[] Write(IEnumerable<ImagePart> parts) => IntelHexWriter.Write(parts);
}
