using System.IO;
using System.Management.Automation;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Converts the path of a key file, a file object or the key's bytes to a <see cref="KeyArgument"/>.</summary>
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
        NvsHmacKey hmac => new KeyArgument(hmac.ToBytes()),
        NvsKey nvs => new KeyArgument(nvs.ToFileBytes()),

        // The value may be a key in another form, so no message shows it.
        _ => throw Arguments.CannotConvert("A key is the path of a file that holds it, or an array of bytes."),
    };
}
