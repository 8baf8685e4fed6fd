using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Markdown;

/// <summary>One block of a Markdown page and the line, from 1, on which it begins.</summary>
internal abstract record Block(int Line);

/// <summary>A heading: one to six hash signs.</summary>
internal sealed record Heading(int Line, int Level, string Text) : Block(Line);

/// <summary>Lines of text that belong together.</summary>
internal sealed record Paragraph(int Line, string Text) : Block(Line);

/// <summary>One item of a list, with its mark (<c>-</c> or <c>1.</c>).</summary>
internal sealed record ListItem(int Line, string Mark, string Text) : Block(Line);

/// <summary>Lines between code fences, unchanged.</summary>
internal sealed record Code(int Line, string Text) : Block(Line);

/// <summary>A table; the first row is its head.</summary>
internal sealed record Table(int Line, IReadOnlyList<IReadOnlyList<string>> Rows) : Block(Line);
