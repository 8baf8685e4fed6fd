using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Errors;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
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

    /// <summary>Folder for the files; it is made if it is not there.</summary>
    [Parameter(ParameterSetName = PathSet, Position = 1, Mandatory = true)]
    [Parameter(ParameterSetName = ObjectSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Writes no file: the images come with the objects.</summary>
    [Parameter(ParameterSetName = PathInMemorySet, Mandatory = true)]
    [Parameter(ParameterSetName = ObjectInMemorySet, Mandatory = true)]
    public SwitchParameter InMemory { get; set; }

    /// <summary>What every unit gets: the vendor's configuration CSV, or objects.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public object[] Schema { get; set; } = [];

    /// <summary>Bytes of the NVS partition.</summary>
    [Parameter(Mandatory = true)]
    [NumberTransformation]
    public int Size { get; set; }

    /// <summary>Version of the NVS format.</summary>
    [Parameter]
    [ValidateRange(1, 2)]
    public int Version { get; set; } = 2;

    /// <summary>What names of units begin with.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Prefix { get; set; } = "unit";

    /// <summary>Column whose value stands in the name of its unit; the number of the row when it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FileId { get; set; }

    /// <summary>Number that the name of the first unit gets behind the prefix, counted up from there.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FirstNumber { get; set; }

    /// <summary>Digits of that number.</summary>
    [Parameter]
    [ValidateRange(1, 10)]
    public int NumberLength { get; set; } = 1;

    /// <summary>Does as the vendor's generator where that does what no row says.</summary>
    [Parameter]
    public SwitchParameter LikeGenerator { get; set; }

    /// <summary>What separates the fields of the table.</summary>
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

    private FactoryKeyScheme? OwnKeys => IsGiven(nameof(KeyPerUnit)) ? KeyPerUnit : null;

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
        _key = ReadKey();
        FactorySchema schema = ReadSchema();
        FactoryTable table = IsGiven(nameof(Path)) ? OpenTable() : _objects;
        var batch = new FactoryBatch(schema, table, new FactoryOptions
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
        if (InMemory)
        {
            MakeInMemory(batch);
        }
        else
        {
            MakeFiles(batch);
        }
    });

    private void MakeInMemory(FactoryBatch batch)
    {
        Check(batch, null);
        foreach ((FactoryUnit unit, FactoryDataImage image) in batch.Make(_ => true, MakeImage, StopToken))
        {
            Emit(image, unit);
        }
    }

    private void MakeFiles(FactoryBatch batch)
    {
        string folder = Paths.Resolve(Destination);
        var files = new FactoryFiles(folder, OwnKeys, _key, IntermediateCsv, Force);
        var manifest = new FactoryManifest(folder, Prefix, Force);
        int count = Check(batch, (unit, image) =>
        {
            manifest.Saw(unit);
            return files.Check(unit, image);
        });
        manifest.RequireAllSeen();

        bool isComplete = true;
        bool hasFolders = false;
        bool IsWanted(FactoryUnit unit)
        {
            bool isUnchanged = files.IsUnchanged(unit);
            bool isWanted = isUnchanged || ShouldProcess(files.PathOf(unit), files.Describe(unit));
            if (isWanted && !isUnchanged && !hasFolders)
            {
                files.MakeFolders();
                hasFolders = true;
            }

            isComplete &= isWanted;
            return isWanted;
        }

        using var progress = new RowProgress(this, "Factory data");
        foreach ((FactoryUnit unit, FactoryDataItem item) in batch.Make(IsWanted, unit => (unit, files.Write(unit)), StopToken))
        {
            manifest.Add(item);
            progress.Report(unit.Row, count);
            Emit(item, unit);
        }

        if (!(isComplete && manifest.IsUnchanged()) && ShouldProcess(manifest.FilePath, "Write the list of the units") && manifest.Count > 0)
        {
            manifest.Write();
        }
    }

    private int Check(FactoryBatch batch, Func<FactoryUnit, byte[], IEnumerable<FactoryProblem>>? alsoCheck)
    {
        using var progress = new RowProgress(this, "Checking the table");
        return batch.Check(alsoCheck, done => progress.Report(done, null), StopToken);
    }

    private (FactoryUnit Unit, FactoryDataImage Image) MakeImage(FactoryUnit unit)
    {
        using FactoryKey? own = OwnKeys is FactoryKeyScheme scheme ? FactoryKey.Generate(scheme) : null;
        NvsKey? key = own?.Key ?? _key;
        byte[] image = unit.ToImage();
        image = key is null ? image : NvsCipher.Encrypt(image, key);
        return (unit, new FactoryDataImage
        {
            Row = unit.Row,
            Id = unit.Id,
            Unit = unit.Name,
            Size = image.Length,
            Sha256 = FactoryFiles.Sha256Of(image),
            KeyFingerprint = key?.Fingerprint,
            Bytes = image,
            Key = own is not null && OwnKeys == FactoryKeyScheme.Xts ? NvsKey.FromFile(own.FileBytes) : null,
            HmacKey = own is not null && OwnKeys == FactoryKeyScheme.Hmac ? new KeyArgument((byte[])own.FileBytes.Clone()) : null,
        });
    }

    // What the table says about a unit beyond its keys goes on with it: the port that it is on, an order number.
    private void Emit(FactoryDataResult result, FactoryUnit unit)
    {
        var item = new PSObject(result);
        foreach (KeyValuePair<string, object?> column in unit.Metadata.Where(column => item.Properties[column.Key] is null))
        {
            item.Properties.Add(new PSNoteProperty(column.Key, column.Value));
        }

        WriteObject(item);
    }

    private NvsKey? ReadKey() => OwnKeys is null || (Key is null && HmacKey is null)
        ? NvsKeyReader.Read(Key, HmacKey, Paths)
        : throw new Esp32Exception(
            ErrorCode.SettingsConflict, "There is a key for all units, and a key for each is to be made.", "Give one of the two.");

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

    // As the vendor's utility has it, from the current folder; where there is none, from that of the table. Rows are read on several
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
            return InputFile.Read(!File.Exists(path) && File.Exists(beside) ? beside : path);
        };
    }

    private bool IsGiven(string name) => MyInvocation.BoundParameters.ContainsKey(name);
}
