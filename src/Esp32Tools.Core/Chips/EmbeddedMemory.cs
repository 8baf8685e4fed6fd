namespace Esp32Tools.Chips;

/// <summary>Flash or PSRAM inside a package.</summary>
/// <param name="Code">Its size as eFuse has it.</param>
/// <param name="Size">Its size in bytes; null when the code is not known.</param>
/// <param name="Vendor">Its maker, as the vendor abbreviates it; null when eFuse does not tell.</param>
public sealed record EmbeddedMemory(int Code, long? Size, string? Vendor)
{
    /// <summary>As it stands among the features of a chip: <c>4MB (XMC)</c>.</summary>
    public override string ToString()
    {
        string size = Size is long bytes ? $"{bytes >> 20}MB" : $"code {Code}";
        return Vendor is null ? size : $"{size} ({Vendor})";
    }
}
