using System.Linq;
using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Sets one value in NVS partitions; all others stay.</summary>
[Cmdlet(VerbsCommon.Set, "Esp32Nvs", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Esp32NvsImage))]
public sealed class SetEsp32NvsCommand : NvsChangeCmdlet
{
    /// <summary>The namespace; created if it does not exist.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = string.Empty;

    /// <summary>Name of the value, which NVS calls its key.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The value.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? Value { get; set; }

    /// <summary>Type of the value.</summary>
    [Parameter]
    [ValidateSet("U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64", "String", "Blob")]
    public string? Type { get; set; }

    private protected override void ProcessImage(NvsContent source, string? file)
    {
        OutputPlace? target = TargetOf(file) ?? (file is null ? null : new OutputPlace(file, IsInNewFolder: false));
        byte[] plain = NvsKey is null ? source.Bytes : NvsCipher.Decrypt(source.Bytes, NvsKey, source.ToString());
        NvsItem item = NvsObjects.Make(Namespace, Name, Type ?? TypeThere(plain) ?? string.Empty, Value);
        byte[] bytes = NvsEditor.Set(plain, item);
        bytes = NvsKey is null ? bytes : NvsCipher.Encrypt(bytes, NvsKey);
        Give(target, isChanged: target is not null && target.File == file, $"Set {item}", bytes, NvsKey);
    }

    // A number keeps the type that the firmware expects, regardless of its PowerShell type.
    private string? TypeThere(byte[] plain)
    {
        NvsEntry? there = NvsImage.Parse(plain).Entries
            .FirstOrDefault(entry => entry.State == nameof(NvsEntryState.Written) && entry.Namespace == Namespace && entry.Key == Name);
        return there?.Type?.ToString();
    }
}
