using System.Collections.Generic;

namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>One example: its title, its code, and its explanation.</summary>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);
