using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Efuse.UserTable;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Efuse;

/// <summary>Burns values into fields, all in one burn.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32Efuse", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = DeviceSet)]
[OutputType(typeof(EfuseBurnResult))]
public sealed class SetEsp32EfuseCommand : EfuseRequestCmdlet
{
    private UserFieldTable? _ownFields;

    /// <summary>A table of names and values; or, with a name, its value: left out, its bit is set, or a counter's next bit.</summary>
    [Parameter(Position = 0)]
    public object? Value { get; set; }

    /// <summary>Name of the one field.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.EfuseNames))]
    public string? Name { get; set; }

    /// <summary>Table of custom fields, in the form of ESP-IDF's esp_efuse_custom_table.csv; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = DeviceSet)]
    [ValidateNotNullOrEmpty]
    public string? FieldTable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            _ = GetRequests();
            _ownFields = FieldTable is null ? null : FieldTableFile.Read(Paths.Resolve(FieldTable), StopToken);
        });
    }

    /// <inheritdoc/>
    private protected override EfuseSnapshot Extend(EfuseSnapshot snapshot)
    {
        if (_ownFields is null)
        {
            return snapshot;
        }

        EfuseSnapshot extended = _ownFields.AddTo(snapshot);
        string[] burned = [.. GetRequests().OfType<EfuseValueRequest>().Select(request => extended.Table.Find(request.Field)?.Name).OfType<string>()];
        foreach (string shared in _ownFields.DescribeShared(snapshot, burned))
        {
            WriteWarning(shared);
        }

        return extended;
    }

    /// <inheritdoc/>
    private protected override IEnumerable<EfuseRequest> GetRequests() => (Name, Arguments.BaseOf(Value)) switch
    {
        (string name, not IDictionary) => [Request(name, Value)],
        (null, IDictionary { Count: > 0 } table) => [.. Entries(table).Select(entry => Request(entry.Name, entry.Value))],
        (null, _) => throw Invalid("A table of field names and values is required, such as @{ JTAG_DISABLE = 1 }, or the name of one field."),
        _ => throw Invalid("A table names its fields itself: give either a table, or a name and its value."),
    };

    // A hashtable has no order; the plan must look the same every time.
    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary table)
    {
        IEnumerable<(string Name, object? Value)> entries = table.Cast<DictionaryEntry>().Select(entry => (Name: $"{entry.Key}", Value: (object?)entry.Value));
        return table is IOrderedDictionary ? entries : entries.OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static EfuseValueRequest Request(string name, object? value)
    {
        object? given = Arguments.BaseOf(value);
        return new EfuseValueRequest
        {
            Field = name,
            Value = given is IList and not byte[] && LanguagePrimitives.TryConvertTo(given, out byte[] bytes) ? bytes : given,
        };
    }

    private static EfuseException Invalid(string message) => new(ErrorCode.EfuseValueInvalid, message, "Nothing was burned.");
}
