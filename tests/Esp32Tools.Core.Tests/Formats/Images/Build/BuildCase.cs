using System.Text.Json;

namespace Esp32Tools.Core.Tests.Formats.Images.Build;

/// <param name="Id">Number and what it is about.</param>
/// <param name="Chip">The chip's key.</param>
/// <param name="Elf">File of the ELF file.</param>
/// <param name="Options">Options of the reference tool.</param>
/// <param name="Image">File of the image; null when the tool refused.</param>
/// <param name="Note">What the case is about.</param>
internal sealed record BuildCase(string Id, string Chip, string Elf, string[] Options, string? Image, string Note);
