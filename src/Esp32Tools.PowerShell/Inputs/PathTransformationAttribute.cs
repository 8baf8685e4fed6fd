using System.IO;
using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Takes paths and files from the pipeline, and leaves rows of a table to binding by property: without it any object would
/// be taken for a path, by its text.
/// </summary>
public sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Arguments.Items(inputData).Select(Convert).ToArray();

    private static string Convert(object? item) => Arguments.BaseOf(item) switch
    {
        string path => path,
        FileSystemInfo file => WildcardPattern.Escape(file.FullName),
        _ => throw Arguments.CannotConvert($"'{item}' is not a path."),
    };
}
