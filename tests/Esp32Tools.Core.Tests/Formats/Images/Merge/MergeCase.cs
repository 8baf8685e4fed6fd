using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Merge;

namespace Esp32Tools.Core.Tests.Formats.Images.Merge;

/// <param name="Id">Number and what it is about.</param>
/// <param name="Chip">The chip's key.</param>
/// <param name="Parts">What is merged.</param>
/// <param name="Options">How.</param>
/// <param name="Output">File of the result; null when the tool refused.</param>
/// <param name="Note">What the case is about.</param>
internal sealed record MergeCase(string Id, string Chip, ImagePart[] Parts, MergeOptions Options, string? Output, string Note);
