using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>A type that goes in or comes out, and what is said about it.</summary>
internal sealed record HelpType(string Name, int Line, IReadOnlyList<string> Paragraphs);
