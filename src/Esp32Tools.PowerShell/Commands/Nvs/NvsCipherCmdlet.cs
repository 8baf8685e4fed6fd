using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Inputs;

namespace Esp32Tools.PowerShell.Commands.Nvs;

/// <summary>A cmdlet that encrypts or decrypts NVS partitions.</summary>
public abstract class NvsCipherCmdlet : NvsChangeCmdlet
{
    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Attempt(() =>
        {
            if (NvsKey is null)
            {
                throw new Esp32Exception(ErrorCode.SettingsConflict, "There is no key.", "Give a key, or the HMAC key to derive one from.");
            }
        });
    }

    private protected static InputException Refused(NvsContent source, string what, string advice) =>
        new(ErrorCode.NvsInvalid, $"{source}: {what}", advice) { Target = source.Path };

    private protected static bool LooksEncrypted(byte[] bytes) => NvsImage.Parse(bytes).LooksEncrypted;
}
