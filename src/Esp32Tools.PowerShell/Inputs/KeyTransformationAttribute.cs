using System.IO;
using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Makes a <see cref="KeyArgument"/> of the path of a key file, of the file, or of the key's bytes.</summary>
public sealed class KeyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Arguments.BaseOf(inputData) switch
    {
        KeyArgument key => key,
        string path when path.Trim().Length > 0 => new KeyArgument(path),
        FileInfo file => new KeyArgument(file.FullName),
        FlashKeyFile file => new KeyArgument(file.Path),
        NvsKeyFile file => new KeyArgument(file.Path),
        byte[] bytes => new KeyArgument(bytes),
        NvsKey nvs => new KeyArgument(nvs.ToFileBytes()),

        // What was given may be a key in another form, and goes into no message.
        _ => throw Arguments.CannotConvert("A key is the path of a file that holds it, or an array of bytes."),
    };
}
