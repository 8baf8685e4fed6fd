using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Text;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>Makes an NVS partition from CSV files, objects or a hashtable.</summary>
[Cmdlet(VerbsCommon.New, "Esp32Nvs", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Esp32NvsImage))]
public sealed class NewEsp32NvsCommand : Esp32Cmdlet, IDisposable
{
    private const string PathSet = FileSource.PathSet;
    private const string LiteralPathSet = FileSource.LiteralPathSet;
    private const string InputSet = "InputObject";
    private const string ValueSet = "Value";

    private readonly List<NvsItem> _items = [];
    private readonly NvsRows _rows = new();
    private readonly NvsOutput _output;
    private NvsGeneratorQuirks? _quirks;
    private NvsKey? _key;

    /// <summary>Called by PowerShell.</summary>
    public NewEsp32NvsCommand() => _output = new NvsOutput(this);

    /// <summary>CSV files, all for one image; wildcards allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true)]
    [SupportsWildcards]
    [PathTransformation]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>CSV files; wildcards are plain letters.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Objects with Namespace, Key and Value, and Type or Encoding where the .NET type of the value does not give it; rows of the
    /// vendor's CSV as Import-Csv gives them; or CSV files.
    /// </summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>A hashtable of namespaces, each a hashtable of names and values; the .NET types give their types in NVS.</summary>
    [Parameter(ParameterSetName = ValueSet, Position = 0, Mandatory = true)]
    [ValidateNotNull]
    public IDictionary? Value { get; set; }

    /// <summary>Size of the partition in bytes, a multiple of 4096.</summary>
    [Parameter(Mandatory = true)]
    [NumberTransformation]
    public uint Size { get; set; }

    /// <summary>Version of the format.</summary>
    [Parameter]
    [ValidateRange(1, 2)]
    public int Version { get; set; } = 2;

    /// <summary>Copies the vendor's generator where it does more than the rows ask for.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter LikeGenerator { get; set; }

    /// <summary>The key: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>The HMAC key that the key is derived from: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>The file to write, or an existing folder; none to get the bytes alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces files that exist.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => _key?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() => _key = NvsKeyReader.Read(Key, HmacKey, Paths));
        _quirks = LikeGenerator ? new NvsGeneratorQuirks() : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(() =>
    {
        switch (ParameterSetName)
        {
            case InputSet:
                foreach (PSObject row in InputObject)
                {
                    if (row.BaseObject is FileSystemInfo file)
                    {
                        ReadCsv(file.FullName);
                    }
                    else
                    {
                        _items.Add(_rows.Read(row, name => ReadNamed(name, folder: null)));
                    }
                }

                break;
            case ValueSet:
                _items.AddRange(NvsObjects.FromTables(Value!));
                break;
            default:
                bool isLiteral = ParameterSetName == LiteralPathSet;
                foreach (string path in isLiteral ? LiteralPath : Path)
                {
                    foreach (string file in Paths.ResolveAll(path, isLiteral))
                    {
                        ReadCsv(file);
                    }
                }

                break;
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Attempt(() =>
    {
        var builder = new NvsImageBuilder((int)Math.Min(Size, int.MaxValue & ~0xFFFu), Version);
        foreach (NvsItem item in _items)
        {
            builder.Add(item);
        }

        if (_items.Count == 0)
        {
            WriteWarning("There is no row with a value, and the NVS partition is empty.");
        }

        foreach (string warning in builder.Warnings)
        {
            WriteWarning(warning);
        }

        byte[] bytes = builder.ToBytes();
        bytes = _key is null ? bytes : NvsCipher.Encrypt(bytes, _key);
        OutputPlace? target = Destination is null ? null : new OutputPlace(Paths.Resolve(Destination), IsInNewFolder: false);
        _output.Give(target, Force, isChanged: false, $"Write an NVS partition of {bytes.Length} bytes", bytes, _key);
    });

    private void ReadCsv(string file)
    {
        using var text = new StreamReader(new MemoryStream(InputFile.Read(file, StopToken)), new UTF8Encoding(false, throwOnInvalidBytes: true));
        _items.AddRange(NvsCsv.Read(text, file, name => ReadNamed(name, System.IO.Path.GetDirectoryName(file)), _quirks));
    }

    // As in the vendor's generator, relative to the current folder; where no file is there, to that of the CSV.
    private byte[] ReadNamed(string name, string? folder)
    {
        if (name.Length == 0)
        {
            throw new InputException(ErrorCode.FileNotFound, "No file is named.", "Give its path.");
        }

        string path = Paths.Resolve(name);
        string beside = System.IO.Path.Combine(folder ?? string.Empty, name);
        return InputFile.Read(!File.Exists(path) && File.Exists(beside) ? beside : path, StopToken);
    }
}
