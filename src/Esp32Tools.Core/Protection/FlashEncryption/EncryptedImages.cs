using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Crypto.FlashEncryption;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.Protection.Procedure;

namespace Esp32Tools.Protection.FlashEncryption;

/// <summary>
/// The images in the form for flash: encrypted on the host if the key is known, or otherwise by the chip during the write.
/// </summary>
internal sealed class EncryptedImages
{
    // Encrypted data looks like noise, and by chance like the beginning of an image; the plain bytes have been checked.
    private static readonly ErrorCode[] s_meaningless =
        [ErrorCode.FlashEncrypted, ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision, ErrorCode.ImageTruncated, ErrorCode.ImageInvalid];

    private readonly Esp32Device _device;
    private readonly FlashWriteOptions _options;

    /// <summary>Checks the images and encrypts them. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="pieces">The plain pieces, each with or without encryption.</param>
    /// <param name="options">The options for the write.</param>
    /// <param name="cipher">The key; null when the chip must encrypt.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public EncryptedImages(Esp32Device device, IReadOnlyList<FlashImage> pieces, FlashWriteOptions options, FlashCipher? cipher, CancellationToken cancellationToken)
    {
        _device = device;
        int unit = device.GetChip().Image.EncryptedWriteAlignment;
        bool byChip = cipher is null && pieces.Any(piece => piece.Encrypt);
        bool encrypts = pieces.Any(piece => piece.Encrypt);
        FlashImage[] checkedPieces = [.. pieces.Select(piece => byChip ? piece : piece with { Encrypt = false })];
        _options = encrypts ? options with { Allow = [.. options.Allow.Union([ErrorCode.FlashEncrypted])] } : options;
        FlashWritePlan plan = FlashWriter.Plan(device, checkedPieces, _options, cancellationToken);

        // The plan has them by address, like the pieces, with the final settings in the header.
        _options = _options with { LooksAtLayout = false };
        Plain = [.. pieces.Select((piece, i) => piece with { Data = byChip ? piece.Data : plan.Writes[i].Content.Data })];
        foreach (FlashImage piece in Plain.Where(piece => piece.Encrypt && piece.Address % unit != 0))
        {
            throw new FlashException(
                ErrorCode.Misaligned,
                $"{piece.Name} is to be encrypted at 0x{piece.Address:X}, and the {device.GetChip().Name} encrypts {unit} bytes together.",
                $"Choose an address that is a multiple of {unit}, best of a sector of 4096 bytes.")
            { Target = piece.Name };
        }

        IsByChip = byChip;
        Final = byChip ? Plain : [.. Plain.Select(piece => piece.Encrypt && cipher is not null
            ? new FlashImage(piece.Name, piece.Address, cipher.Encrypt(FlashLayout.Pad(piece.Data, unit), piece.Address, piece.Name))
            : piece with { Encrypt = false })];
        if (encrypts && !byChip)
        {
            _options = _options with { Allow = [.. options.Allow.Union(s_meaningless)], FlashMode = null, FlashFrequency = null, FlashSize = null, Chip = null };
        }
    }

    /// <summary>The plain bytes, with the new settings in the header, and whether each piece is encrypted.</summary>
    public IReadOnlyList<FlashImage> Plain { get; }

    /// <summary>The images as they are sent.</summary>
    public IReadOnlyList<FlashImage> Final { get; }

    /// <summary>True when the chip encrypts them during the write, so that its digests prove nothing.</summary>
    public bool IsByChip { get; }

    /// <summary>True when the flash already holds all of them.</summary>
    public bool AreThere(CancellationToken cancellationToken) =>
        !IsByChip && Final.All(image => FlashDigest.CanRead(_device, image.Address) && Holds(image, cancellationToken));

    /// <summary>Writes them.</summary>
    public StageOutcome Write(Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        List<FlashWriteResult> results = [.. FlashWriter.Write(
            _device, FlashWriter.Plan(_device, Final, _options, cancellationToken), progress, cancellationToken)];
        int written = results.Count(result => !result.Skipped);
        string skipped = written < results.Count ? $", {results.Count - written} were there already" : string.Empty;
        return IsByChip
            ? new StageOutcome($"{written} images, encrypted by the chip with its own key", SecurityProof.NotVerifiable)
            : new StageOutcome($"{written} images written, {results.Sum(result => (long)result.BytesWritten)} bytes{skipped}", SecurityProof.Digested);
    }

    /// <summary>Asks the chip whether its flash holds all of them.</summary>
    /// <exception cref="FlashException"><see cref="ErrorCode.VerifyFailed"/></exception>
    public StageOutcome Verify(Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (FlashImage image in Final)
        {
            progress?.Invoke(new OperationProgress($"Verifying {image.Name}", 0, image.Data.Length, image.Address));
            if (!Holds(image, cancellationToken))
            {
                throw new FlashException(
                    ErrorCode.VerifyFailed,
                    $"The flash on {_device.PortName} does not hold {image.Name} at 0x{image.Address:X} as it was written.",
                    "Nothing was switched on. Check the flash memory and its supply, and begin again.")
                { Target = image.Name };
            }
        }

        return new StageOutcome($"{Final.Count} images are in flash as they were made, by the chip's own digest", SecurityProof.Digested);
    }

    private bool Holds(FlashImage image, CancellationToken cancellationToken)
    {
        var link = new SteadyLink(_device, SteadyLink.DefaultReconnects, cancellationToken);
        FlashRange.RequireReadable(_device, image.Address, image.Data.Length, link, cancellationToken);
        return FlashDigest.Matches(_device, image, link, cancellationToken);
    }
}
