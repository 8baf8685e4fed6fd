using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Completion;

/// <summary>
/// Offers the refusals that a cmdlet can lift, by their error ids. The parameter takes text, since PowerShell
/// would offer every error id of an enumeration.
/// </summary>
public sealed class RefusalCompleter : IArgumentCompleter
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
        return LiftedBy(commandName)
            .Select(code => code.ToString())
            .Where(id => id.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(id => new CompletionResult(id));
    }

    private static IReadOnlyList<ErrorCode> LiftedBy(string command) => typeof(RefusalCompleter).Assembly.GetTypes()
        .Where(type => type.GetCustomAttributes(typeof(CmdletAttribute), inherit: false).OfType<CmdletAttribute>()
            .Any(cmdlet => string.Equals($"{cmdlet.VerbName}-{cmdlet.NounName}", command, StringComparison.OrdinalIgnoreCase)))
        .Select(type => LiftsAttribute.Of(type)?.Codes)
        .FirstOrDefault() ?? [];
}
