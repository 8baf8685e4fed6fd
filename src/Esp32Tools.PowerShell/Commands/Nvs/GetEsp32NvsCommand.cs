using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Gets the values of NVS partitions as objects.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Nvs", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NvsEntry), typeof(NvsPage))]
public sealed class GetEsp32NvsCommand : NvsReadCmdlet
{
    /// <summary>Namespaces; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Namespace { get; set; } = ["*"];

    /// <summary>Names of the values, which NVS calls keys; wildcards allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Includes values that are erased or that the firmware does not read.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Gets the pages, with their state and fill level, instead of the values.</summary>
    [Parameter]
    public SwitchParameter PageInfo { get; set; }

    private protected override void ProcessImage(NvsImage image, NvsContent source)
    {
        if (PageInfo)
        {
            foreach (NvsPage page in image.Pages)
            {
                Emit(page with { PortName = source.PortName, Path = source.Path });
            }

            return;
        }

        if (image.LooksEncrypted)
        {
            throw source.Invalid(
                $"none of its entries is intact. {(HasKey ? "It was encrypted with another key, or not at all." : "It is encrypted.")}",
                HasKey ? "Check that the key is the one of this unit." : "Give its key, or the HMAC key that its key is derived from.");
        }

        var namespaces = new WantedNames(Namespace);
        var names = new WantedNames(Name);
        NvsEntry[] wanted = [.. image.Entries.Where(entry => namespaces.Match(entry.Namespace ?? string.Empty) && names.Match(entry.Key))];
        foreach (NvsEntry entry in wanted.Where(entry => All || entry.State == nameof(NvsEntryState.Written)))
        {
            Emit(entry with { PortName = source.PortName, Path = source.Path });
        }

        int lost = NvsCheck.Run(image).Count(finding => finding.Severity == nameof(NvsFindingSeverity.Error));
        if (image.IsForeign)
        {
            WriteWarning($"{source} is not an NVS partition: no page has the header of one, and no entry is intact.");
        }
        else if (lost > 0)
        {
            WriteWarning($"{source} is not in order, findings: {lost}. Values may be missing. Test-Esp32Nvs shows the errors.");
        }

        foreach (string name in names.Missing)
        {
            WriteError(NotFound($"{source} has no value '{name}'{In(Namespace)}.", name));
        }

        // A value that is not found says so for its namespace.
        foreach (string name in names.Missing.Any() ? [] : namespaces.Missing)
        {
            WriteError(NotFound($"{source} has no namespace '{name}'.", name));
        }
    }

    private static ErrorRecord NotFound(string message, string name) => ErrorRecords.From(
        new InputException(ErrorCode.NvsNotFound, message, "List all values to see their names.") { Target = name });

    private static string In(IReadOnlyList<string> namespaces) =>
        namespaces.Count == 1 && !WildcardPattern.ContainsWildcardCharacters(namespaces[0]) ? $" in the namespace '{namespaces[0]}'" : string.Empty;
}
