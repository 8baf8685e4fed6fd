using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>
/// Identifies the chip: by the chip id in its security information, or where there is none by the magic word
/// (protocol.md, section 4).
/// </summary>
internal static class ChipDetector
{
    public static ChipDetection Detect(LoaderClient loader, ChipDefinition? expected, CancellationToken cancellationToken)
    {
        string port = loader.Channel.Transport.PortName;
        SecurityInfo? security = ReadSecurityInfo(loader, cancellationToken);
        ChipDefinition found = security switch
        {
            { ChipId: int chipId } => ByChipId(chipId, port),

            // It allows no register reads, and only one chip does not report its id.
            { SecureDownloadMode: true } => ChipCatalog.All.Single(chip => chip.Loader.RomSecurityInfoLength == SecurityInfo.ShortLength),
            _ => ByMagic(loader.ReadRegister(ChipDefinition.MagicRegister, cancellationToken), port),
        };

        if (expected is not null && expected != found)
        {
            throw new ChipException(
                ErrorCode.ChipMismatch,
                $"The chip on {port} is an {found.Name}, not an {expected.Name}.",
                "Check the board and the port, or leave the chip to be detected.")
            { Target = port };
        }

        return new ChipDetection(found, security);
    }

    private static SecurityInfo? ReadSecurityInfo(LoaderClient loader, CancellationToken cancellationToken)
    {
        try
        {
            return loader.Execute(new GetSecurityInfoRequest(), cancellationToken);
        }
        catch (LoaderException error) when (error.Code == ErrorCode.CommandUnsupported
            || (error.Code == ErrorCode.CommandRefused && loader.Dialect.IsStub))
        {
            // The ROM or the stub of an older chip does not know the request; a stub has several codes for that.
            return null;
        }
    }

    // Neither answer carries a checksum, so an unknown number is read a second time.
    private static ChipDefinition ByChipId(int chipId, string port) => ChipCatalog.ByImageChipId(chipId)
        ?? throw (ChipCatalog.UnsupportedByImageChipId(chipId) is string name ? Unsupported(name, port) : new ChipException(
            ErrorCode.ChipUnknown,
            $"The chip on {port} calls itself number {chipId}, which is not known here.",
            "Install a newer version of this module.")
        { Target = port, IsTransient = true });

    // A damaged request is refused like an unknown one, and then a chip without a magic word is asked for it.
    private static ChipDefinition ByMagic(uint magic, string port) => ChipCatalog.ByMagicValue(magic)
        ?? throw (ChipCatalog.UnsupportedByMagicValue(magic) is string name ? Unsupported(name, port) : new ChipException(
            ErrorCode.ChipUnknown,
            $"The chip on {port} shows 0x{magic:X8} where its magic word should be, which is not known here.",
            "It may be a chip that this version of the module does not support.")
        { Target = port, IsTransient = true });

    private static ChipException Unsupported(string name, string port) => new(
        ErrorCode.ChipUnsupported,
        $"The chip on {port} is an {name}, which is not supported.",
        $"Supported are {string.Join(", ", ChipCatalog.All.Select(chip => chip.Name))}.")
    { Target = port, IsTransient = true };
}
