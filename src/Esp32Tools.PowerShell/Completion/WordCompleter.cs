using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>
/// Offers the words that begin with the text so far, quoted where PowerShell needs it. PowerShell makes a completer from its type
/// alone, so each list of words is a type; <see cref="Words"/> is the table of them.
/// </summary>
/// <param name="words">The words to choose from, for the parameters that are on the command line already.</param>
internal abstract class WordCompleter(Func<IDictionary, IEnumerable<CompletionWord>> words) : IArgumentCompleter
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
        return words(fakeBoundParameters ?? new Hashtable())
            .Where(word => word.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(Quote(word.Text), word.Text, CompletionResultType.ParameterValue, ToolTip(word)));
    }

    private static string ToolTip(CompletionWord word) => word.ToolTip.Length > 0 ? word.ToolTip : word.Text;

    private static string Quote(string text) => text.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/')
        ? text
        : $"'{text.Replace("'", "''")}'";
}
