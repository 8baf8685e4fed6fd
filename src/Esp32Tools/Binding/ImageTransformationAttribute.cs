using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Binding;

/// <summary>
/// Makes <see cref="ImageArgument"/> of a table from address to file, of addresses and files in turn, and of objects with
/// an address and a file (or bytes): rows of a table, or what was read from flash before.
/// </summary>
public sealed class ImageTransformationAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] AddressNames = ["Address", "Offset"];
    private static readonly string[] FileNames = ["Path", "FilePath", "File", "FullName", "Data"];

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
            case IDictionary table when !AddressNames.Any(table.Contains):
                return table.Cast<DictionaryEntry>().Select(entry => Pair(entry.Key, entry.Value));
            case IDictionary row:
                return [FromNames(name => row[name])];
            case null or string or FileInfo or byte[]:
                throw Arguments.CannotConvert($"'{item}' has no address: give a table such as @{{ 0x10000 = 'app.bin' }}.");
            default:
                PSObject properties = PSObject.AsPSObject(item);
                return [FromNames(name => properties.Properties[name]?.Value)];
        }
    }

    private static ImageArgument FromNames(System.Func<string, object?> get)
    {
        object? address = AddressNames.Select(get).FirstOrDefault(value => value is not null);
        object? file = FileNames.Select(get).FirstOrDefault(value => value is not null);
        return address is not null && file is not null
            ? Pair(address, file)
            : throw Arguments.CannotConvert("An image needs an Address and a Path.");
    }

    private static ImageArgument Pair(object? address, object? file)
    {
        if (!NumberText.TryConvert(address, out uint number))
        {
            throw Arguments.CannotConvert($"'{address}' is no flash address: give a number such as 0x10000.");
        }

        return Arguments.BaseOf(file) switch
        {
            string path when path.Length > 0 => new ImageArgument(number, path),
            FileInfo info => new ImageArgument(number, info.FullName),
            byte[] data => new ImageArgument(number, data),
            _ => throw Arguments.CannotConvert($"'{file}' at 0x{number:X} is neither a path nor bytes."),
        };
    }
}
