namespace Esp32Tools.PowerShell.Completion;

/// <summary>A word that completion offers.</summary>
/// <param name="Text">The word.</param>
/// <param name="ToolTip">What it means, as far as that is known.</param>
internal readonly record struct CompletionWord(string Text, string ToolTip = "");
