using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Esp32Tools.Flash;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Converts to <see cref="ImageArgument"/>: a table from address to file, addresses and files in turn, objects with
/// an address and a file (or bytes), such as rows of a table or results of a flash read, and files that contain their
/// addresses.
/// </summary>
public sealed class ImageTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_addressNames = ["Address", "Offset"];
    private static readonly string[] s_fileNames = ["Path", "FilePath", "File", "FullName", "Data"];
    private static readonly string[] s_encryptNames = ["Encrypt", "Encrypted"];

    // PowerShell's own message names the parameter and no more.
    private const string Forms =
        "Images are given as a table (@{ 0x1000 = 'bootloader.bin'; 0x10000 = 'app.bin' }), as addresses and files in turn "
        + "(0x1000, 'bootloader.bin', 0x10000, 'app.bin'), as objects with Address and Path, or as a file with the addresses in it (flasher_args.json, .hex, .uf2).";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object?[] items = [.. Arguments.Items(inputData)];
        return IsSequenceOfPairs(items)
            ? [.. Enumerable.Range(0, items.Length / 2).Select(i => Pair(items[2 * i], items[(2 * i) + 1]))]
            : items.SelectMany(Convert).ToArray();
    }

    private static bool IsSequenceOfPairs(object?[] items) => items.Length > 0 && items.Length % 2 == 0
        && Enumerable.Range(0, items.Length).All(i => i % 2 == 0 ? NumberText.TryConvert(items[i], out _) : IsFile(items[i]));

    private static bool IsFile(object? item) => Arguments.BaseOf(item) is string or FileInfo or byte[];

    private static IEnumerable<ImageArgument> Convert(object? item)
    {
        switch (Arguments.BaseOf(item))
        {
            case ImageArgument image:
                return [image];
            case IDictionary table when !s_addressNames.Any(table.Contains):
                return table.Cast<DictionaryEntry>().Select(entry => Pair(entry.Key, entry.Value));
            case IDictionary row:
                return [FromNames(name => row[name])];
            case FlashRegion { Path: null } region:
                return [new ImageArgument(region.Address, region.GetBytes())];
            case FileInfo info when AddressOf(item!) is object address:
                return [Pair(address, info)];
            case FileInfo info:
                return [new ImageArgument(info.FullName)];
            case string path when path.Length > 0:
                return [new ImageArgument(path)];
            case null or string or byte[]:
                throw Arguments.CannotConvert($"'{item}' has no address. {Forms}");
            default:
                PSObject properties = PSObject.AsPSObject(item);
                return [FromNames(name => properties.Properties[name]?.Value)];
        }
    }

    // A file object with an added address property.
    private static object? AddressOf(object item) =>
        s_addressNames.Select(name => PSObject.AsPSObject(item).Properties[name]?.Value).FirstOrDefault(value => value is not null);

    private static ImageArgument FromNames(System.Func<string, object?> get)
    {
        object? address = s_addressNames.Select(get).FirstOrDefault(value => value is not null);
        object? file = s_fileNames.Select(get).FirstOrDefault(value => value is not null);
        bool encrypt = s_encryptNames.Select(get).Any(Arguments.IsTrue);
        return address is not null && file is not null
            ? Pair(address, file, encrypt)
            : throw Arguments.CannotConvert($"An image needs an Address and a Path. {Forms}");
    }

    private static ImageArgument Pair(object? address, object? file, bool encrypt = false)
    {
        if (!NumberText.TryConvert(address, out uint number))
        {
            throw Arguments.CannotConvert($"'{address}' is not a flash address, such as 0x10000. {Forms}");
        }

        return Arguments.BaseOf(file) switch
        {
            string path when path.Length > 0 => new ImageArgument(number, path) { Encrypt = encrypt },
            FileInfo info => new ImageArgument(number, info.FullName) { Encrypt = encrypt },
            byte[] data => new ImageArgument(number, data) { Encrypt = encrypt },
            _ => throw Arguments.CannotConvert($"'{file}' at 0x{number:X} is neither a path nor bytes. {Forms}"),
        };
    }
}
