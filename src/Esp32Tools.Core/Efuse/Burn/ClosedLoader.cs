using System.Linq;
using System.Threading;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Burn;

/// <summary>
/// What can still be learned after a burn that took away the loader's view of the eFuses: secure download mode answers the
/// question for its security information, and a closed loader answers nothing.
/// </summary>
public static class ClosedLoader
{
    /// <summary>
    /// Completes the result of a burn. Where only the security information is left, the session connects again, which resets
    /// the chip, and goes on in secure download mode.
    /// </summary>
    /// <param name="device">The session that burned.</param>
    /// <param name="result">The result of the burn.</param>
    /// <param name="cancellationToken">Ends the new connection.</param>
    /// <returns>The result with every step that is proven now, and a reason for every other one.</returns>
    public static EfuseBurnResult Ask(Esp32Device device, EfuseBurnResult result, CancellationToken cancellationToken)
    {
        EfuseTable table = device.GetChip().Efuse.GetTable(device.ReadIdentity(cancellationToken).Revision);
        EfuseRole? RoleOf(EfuseBurnStep step) => step.IsProtection ? null : table.Find(step.Name)?.Role;

        EfuseBurnStep[] open = [.. result.Steps.Where(step => step.UnverifiedReason is not null)];
        if (open.Any(step => RoleOf(step) == EfuseRole.DownloadDisable) || !open.Any(step => RoleOf(step) == EfuseRole.SecureDownload))
        {
            return result;
        }

        string? failure = Reconnect(device, cancellationToken);
        bool isOn = failure is null && device.IsSecureDownloadMode;
        return result with
        {
            Steps = new(result.Steps.Select(step => step switch
            {
                { UnverifiedReason: null } => step,
                _ when RoleOf(step) != EfuseRole.SecureDownload => step with { UnverifiedReason = $"The security information of the chip, which is all that it still tells, says nothing of {step.Name}{(step.IsProtection ? " being protected" : string.Empty)}." },
                _ when isOn => step with { Verified = true, UnverifiedReason = null },
                _ => step with { UnverifiedReason = failure ?? $"After the burn of {step.Name}, the security information of the chip does not report secure download mode." },
            })),
        };
    }

    private static string? Reconnect(Esp32Device device, CancellationToken cancellationToken)
    {
        try
        {
            DeviceReconnector.Reconnect(device, cancellationToken);
            return null;
        }
        catch (Esp32Exception failure)
        {
            return $"The chip could not be asked for its security information after the burn: {failure.Message}";
        }
    }
}
