using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Files;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Factory;

/// <summary>Makes an NVS image for each row of a table.</summary>
[Cmdlet(VerbsCommon.New, "Esp32FactoryData", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FactoryDataItem), typeof(FactoryDataImage))]
public sealed class NewEsp32FactoryDataCommand : Esp32Cmdlet, IDisposable
{
    private const string PathSet = "Path";
    private const string PathInMemorySet = "PathInMemory";
    private const string ObjectSet = "Object";
    private const string ObjectInMemorySet = "ObjectInMemory";

    private readonly FactoryObjectTable _objects = new();
    private NvsKey? _key;

    /// <summary>The table: a CSV file with the names of its columns in the first line.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 0, Mandatory = true)]
    [Parameter(ParameterSetName = PathInMemorySet, Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Rows of the table: objects with a property for each column.</summary>
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = ObjectInMemorySet, Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Folder for the files; created if it does not exist.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes no file: the images come with the objects.</summary>
    [Parameter(ParameterSetName = PathInMemorySet, Mandatory = true)]
    [Parameter(ParameterSetName = ObjectInMemorySet, Mandatory = true)]
    public SwitchParameter InMemory { get; set; }

    /// <summary>Values that every unit gets: the vendor's configuration CSV, or objects.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public object[] Schema { get; set; } = [];

    /// <summary>Size of the NVS partition, in bytes.</summary>
    [Parameter(Mandatory = true)]
    [NumberTransformation]
    public int Size { get; set; }

    /// <summary>Version of the NVS format.</summary>
    [Parameter]
    [ValidateRange(1, 2)]
    public int Version { get; set; } = 2;

    /// <summary>Prefix of the units' names.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Prefix { get; set; } = "unit";

    /// <summary>Column whose value is part of the unit's name; the number of the row when it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FileId { get; set; }

    /// <summary>Number after the prefix in the name of the first unit; the others count up from it.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FirstNumber { get; set; }

    /// <summary>Digits of that number.</summary>
    [Parameter]
    [ValidateRange(1, 10)]
    public int NumberLength { get; set; } = 1;

    /// <summary>Copies the vendor's generator where it does more than the rows ask for.</summary>
    [Parameter]
    public SwitchParameter LikeGenerator { get; set; }

    /// <summary>Separator of the table's fields.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = PathInMemorySet)]
    public char Delimiter { get; set; } = ',';

    /// <summary>One key for all units: the file that holds it, or its bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? Key { get; set; }

    /// <summary>One HMAC key for all units: the file that holds its 32 bytes, or the bytes.</summary>
    [Parameter]
    [KeyTransformation]
    [ValidateNotNull]
    public KeyArgument? HmacKey { get; set; }

    /// <summary>Gives each unit a new key of its own.</summary>
    [Parameter]
    public FactoryKeyScheme KeyPerUnit { get; set; }

    /// <summary>Writes the values of each unit as well, in plain text, as the CSV of the vendor's generator.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter IntermediateCsv { get; set; }

    /// <summary>Replaces files that exist with other content; never key files.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Overwrites the key.</summary>
    public void Dispose() => _key?.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject item in InputObject)
        {
            Attempt(() => _objects.Add(TableObjects.PropertiesOf(item)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Attempt(() =>
    {
        _key = NvsKeyReader.Read(Key, HmacKey, Paths);
        Make(new FactoryRun(ReadBatch(), new FactoryRunOptions
        {
            Folder = InMemory ? null : Paths.Resolve(Destination),
            Prefix = Prefix,
            Key = _key,
            KeyPerUnit = IsGiven(nameof(KeyPerUnit)) ? KeyPerUnit : null,
            WithCsv = IntermediateCsv,
            Force = Force,
        }));
    });

    private FactoryBatch ReadBatch() => new(ReadSchema(), IsGiven(nameof(Path)) ? OpenTable() : _objects, new FactoryOptions
    {
        Size = Size,
        Version = Version,
        Prefix = Prefix,
        FileIdColumn = FileId,
        FirstNumber = IsGiven(nameof(FirstNumber)) || IsGiven(nameof(NumberLength)) ? FirstNumber : null,
        NumberLength = NumberLength,
        LikeGenerator = LikeGenerator,
        ReadFile = FileReader(),
    });

    private void Make(FactoryRun run)
    {
        int count = Check(run);
        if (InMemory)
        {
            foreach ((FactoryUnit unit, FactoryDataImage image) in run.MakeImages(StopToken))
            {
                Emit(image, unit);
            }

            return;
        }

        using var progress = new ActivityProgress(this, "Factory data");
        foreach ((FactoryUnit unit, FactoryDataItem item) in run.WriteFiles(ShouldProcess, StopToken))
        {
            progress.Rows(unit.Row, count);
            Emit(item, unit);
        }
    }

    private int Check(FactoryRun run)
    {
        using var progress = new ActivityProgress(this, "Checking the table");
        return run.Check(done => progress.Rows(done, null), StopToken);
    }

    // Columns that are not keys stay with the unit: its port, an order number.
    private void Emit(FactoryDataResult result, FactoryUnit unit)
    {
        var item = new PSObject(result);
        foreach (KeyValuePair<string, object?> column in unit.Metadata.Where(column => item.Properties[column.Key] is null))
        {
            item.Properties.Add(new PSNoteProperty(column.Key, column.Value));
        }

        WriteObject(item);
    }

    private FactorySchema ReadSchema()
    {
        string? path = Schema.Length > 1 ? null : Arguments.BaseOf(Schema[0]) switch
        {
            string given => Paths.Resolve(given),
            FileInfo file => file.FullName,
            _ => null,
        };
        if (path is null)
        {
            return FactorySchema.FromRows(Schema.Select(row => (IReadOnlyDictionary<string, object?>)TableObjects.PropertiesOf(row)));
        }

        using TextReader text = InputFile.OpenText(path);
        return FactorySchema.ReadCsv(text, path);
    }

    private FactoryCsvTable OpenTable()
    {
        string path = Paths.Resolve(Path);
        return new FactoryCsvTable(() => InputFile.OpenText(path), path, Delimiter);
    }

    // Relative to the current folder, as in the vendor's utility; without a file there, to that of the table. Rows are read on several
    // threads, which cannot ask the session.
    private Func<string, byte[]> FileReader()
    {
        string folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        string? tableFolder = IsGiven(nameof(Path)) ? System.IO.Path.GetDirectoryName(Paths.Resolve(Path)) : null;
        return name =>
        {
            if (name.IndexOfAny(System.IO.Path.GetInvalidPathChars()) >= 0)
            {
                throw InputFile.NotFound(name);
            }

            string path = System.IO.Path.Combine(folder, name);
            string beside = System.IO.Path.Combine(tableFolder ?? folder, name);
            return InputFile.Read(!File.Exists(path) && File.Exists(beside) ? beside : path, StopToken);
        };
    }
}
