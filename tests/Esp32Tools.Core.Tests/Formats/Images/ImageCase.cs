using System.Text.Json;

namespace Esp32Tools.Core.Tests.Formats.Images;

/// <param name="Name">File of the image.</param>
/// <param name="Chip">The chip that the tool was told.</param>
/// <param name="Bytes">The image.</param>
/// <param name="Facts">What the reference tool's library reads in it.</param>
/// <param name="Info">What the reference tool prints about it; null when it was not asked.</param>
internal sealed record ImageCase(string Name, string Chip, byte[] Bytes, JsonElement Facts, JsonElement? Info);
