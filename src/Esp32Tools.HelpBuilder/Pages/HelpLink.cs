namespace Esp32Tools.HelpBuilder.Pages;

/// <summary>A related link; the address is empty for another page of this help.</summary>
internal sealed record HelpLink(string Text, string Address);
