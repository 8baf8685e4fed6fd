using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>Offers the words that begin with what was typed, quoted where PowerShell needs it.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return Words(fakeBoundParameters ?? new Hashtable())
            .Where(word => word.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(Quote(word.Text), word.Text, CompletionResultType.ParameterValue, ToolTip(word)));
    }

    /// <summary>The words to choose from.</summary>
    /// <param name="bound">Parameters that are on the command line already.</param>
    private protected abstract IEnumerable<CompletionWord> Words(IDictionary bound);

    private static string ToolTip(CompletionWord word) => word.ToolTip.Length > 0 ? word.ToolTip : word.Text;

    private static string Quote(string text) => text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/')
        ? text
        : $"'{text.Replace("'", "''")}'";
}
