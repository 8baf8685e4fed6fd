namespace Esp32Tools.Chips;

/// <summary>Flash or PSRAM inside a package.</summary>
/// <param name="Code">Its size as the code in eFuse.</param>
/// <param name="Size">Its size in bytes; null when the code is not known.</param>
/// <param name="Vendor">Its maker, in the vendor's abbreviation; null when eFuse does not record it.</param>
public sealed record EmbeddedMemory(int Code, long? Size, string? Vendor)
{
    /// <summary>The text in the feature list of a chip: <c>4MB (XMC)</c>.</summary>
    public override string ToString()
    {
        string size = Size is long bytes ? $"{bytes >> 20}MB" : $"code {Code}";
        return Vendor is null ? size : $"{size} ({Vendor})";
    }
}
