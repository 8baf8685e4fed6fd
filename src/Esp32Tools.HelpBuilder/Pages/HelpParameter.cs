using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>The description of a parameter.</summary>
internal sealed record HelpParameter(string Name, int Line, IReadOnlyList<string> Paragraphs);
