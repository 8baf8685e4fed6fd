using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>A type of the input or output, and its description.</summary>
internal sealed record HelpType(string Name, int Line, IReadOnlyList<string> Paragraphs);
