using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Images.Containers;

/// <summary>Options for writing a UF2 file.</summary>
public sealed class Uf2Options
{
    /// <summary>Data bytes per block, 1 to <see cref="MaxPayloadSize"/>; null for as many as fit.</summary>
    public int? PayloadSize { get; init; }

    /// <summary>True to put an MD5 of its data into every block.</summary>
    public bool HasMd5 { get; init; } = true;

    /// <summary>Maximum number of data bytes per block with these options.</summary>
    public int MaxPayloadSize => HasMd5 ? Uf2.MaxPayload - Uf2.Md5PartSize : Uf2.MaxPayload;

    internal int Payload => PayloadSize switch
    {
        null => MaxPayloadSize,
        int size when size >= 1 && size <= MaxPayloadSize => size,
        int size => throw new InputException(
            ErrorCode.ValueInvalid,
            $"A UF2 block {(HasMd5 ? "with an MD5 " : string.Empty)}cannot hold {size} bytes of data.",
            $"It holds 1 to {MaxPayloadSize}."),
    };
}
