using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Devices;
using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>
/// The write of one image into one device: checks the contents of the flash, decides on the bytes to send, sends them, and
/// has the chip verify them.
/// </summary>
internal sealed class ImageWrite
{
    // The whole image is written again after an error that repeated blocks cannot repair: a byte that the flash stored wrongly.
    private const int ImageAttempts = 3;

    private readonly Esp32Device _device;
    private readonly PlannedWrite _write;
    private readonly FlashWriteOptions _options;
    private readonly SteadyLink _link;
    private readonly Action<OperationProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _compresses;
    private ImageContent _content;
    private FlashWriteMethod _method;
    private string? _methodNote;
    private IReadOnlyList<FlashSpan> _spans;
    private int _bytesSent;
    private int _bytesWritten;
    private int _sectorsWritten;
    private int _retries;

    public ImageWrite(
        Esp32Device device,
        PlannedWrite write,
        FlashWriteOptions options,
        SteadyLink link,
        Action<OperationProgress>? progress,
        CancellationToken cancellationToken)
    {
        _device = device;
        _write = write;
        _options = options;
        _link = link;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _compresses = write.Compresses(device, options);
        _content = write.Content;
        _method = FlashWriteMethod.Full;
        _spans = [write.Content.Whole];
    }

    // Address of the first byte sent: the start of a sector, because a sector can be erased only as a whole.
    private uint Address => (uint)_write.EraseStart;

    // An image that the chip encrypts has another digest, and in secure download mode the chip computes none.
    private bool CanCompare => !_write.Encrypt && !_device.IsSecureDownloadMode;

    /// <summary>Performs the write.</summary>
    public FlashWriteResult Run()
    {
        TimeSpan start = _device.GetTransport().Clock.Now;
        int repeats = _link.Repeats;
        int reconnects = _link.Reconnects;
        bool verified = IsThereAlready() || Write();
        Report("Writing", _write.Length, _write.Length, _write.Length);
        string? reason = ReasonAgainstVerified(verified);
        return new FlashWriteResult
        {
            PortName = _device.PortName,
            Name = _write.Name,
            Address = _write.Address,
            Length = _write.Length,
            BytesSent = _bytesSent,
            BytesWritten = _bytesWritten,
            SectorsWritten = _sectorsWritten,
            Method = _method.ToString(),
            MethodNote = _methodNote,
            Encrypted = _write.Encrypt,
            Verified = reason is null,
            UnverifiedReason = reason,
            Md5 = Hex.Encode(_write.Content.Md5),
            Retries = _retries + _link.Repeats - repeats,
            Reconnects = _link.Reconnects - reconnects,
            DurationSeconds = (_device.GetTransport().Clock.Now - start).TotalSeconds,
            HeaderNote = _write.HeaderNote,
        };
    }

    // Checks the contents of the flash, and decides on the spans to write.
    private bool IsThereAlready()
    {
        AlignFront();
        bool blank = _options.EraseAll;
        if (CanCompare && !blank && (_options.SkipEqual || _options.Differential))
        {
            TimeSpan start = _device.GetTransport().Clock.Now;
            byte[] found = Digest();
            TimeSpan took = _device.GetTransport().Clock.Now - start;
            if (found.SequenceEqual(_content.Md5))
            {
                _method = FlashWriteMethod.None;
                return true;
            }

            blank = found.SequenceEqual(_content.Md5OfBlank);
            if (!blank && _options.Differential)
            {
                ChooseChanged(took);
                return false;
            }
        }

        if (blank && !_write.Encrypt && _content.WithoutBlanks.Sum(span => span.Length) < _content.Data.Length)
        {
            _method = FlashWriteMethod.WithoutBlanks;
            _spans = _content.WithoutBlanks;
        }
        else if (_options.Differential && !CanCompare)
        {
            _methodNote = _write.Encrypt
                ? "An image that the chip encrypts cannot be compared with the flash, so all of it was written."
                : "In secure download mode nothing can be compared with the flash, so all of it was written.";
        }

        return false;
    }

    private void ChooseChanged(TimeSpan wholeDigest)
    {
        IReadOnlyList<int>? sectors = ChangedSectors.Since(_content.Data, Address, _write.Previous);
        _method = FlashWriteMethod.ChangedSincePrevious;
        if (sectors is null or { Count: 0 })
        {
            _method = FlashWriteMethod.ChangedByDigest;
            sectors = ChangedSectors.ByDigests(_device, _content, Address, wholeDigest, _link, _cancellationToken);
        }

        _spans = FlashSpan.OfSectors(sectors, _content.Data.Length);
    }

    private bool Write()
    {
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                Send();
                if (!_options.Verify || !CanCompare)
                {
                    return false;
                }

                Report("Verifying", 0, _write.Length, 0);
                if (Digest().SequenceEqual(_content.Md5))
                {
                    return true;
                }

                if (_method != FlashWriteMethod.Full)
                {
                    _methodNote = "The digest was wrong after a part of it was written, so all of it was written.";
                    _method = FlashWriteMethod.Full;
                    _spans = [_content.Whole];
                    attempt = 0;
                }
                else if (attempt == ImageAttempts)
                {
                    throw FlashErrors.Different(_device.PortName, _write);
                }

                _retries++;
            }
        }
        catch (LoaderException error) when (error.Code == ErrorCode.CommandRefused)
        {
            throw FlashErrors.WriteFailed(_device.PortName, _write, error);
        }
    }

    private void Send()
    {
        IReadOnlyList<FlashSpan> pieces = FlashSpan.Pieces(_spans);
        int total = pieces.Sum(piece => piece.Length);
        int done = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            if (_compresses && i + 1 < pieces.Count)
            {
                // Works ahead: compresses the next piece while this one is sent.
                _content.StartCompressing(pieces[i + 1]);
            }

            Send(pieces[i], done, total);
            done += pieces[i].Length;
            _bytesWritten += pieces[i].Length;
        }

        _sectorsWritten += _spans.Sum(span => span.Sectors);
    }

    private void Send(FlashSpan piece, int before, int total)
    {
        FlashSpan rest = piece;
        Step(() =>
        {
            int behind = rest.Start - piece.Start;
            RegionUpload upload = Prepare(rest, isWhole: behind == 0);
            try
            {
                upload.Run(sent => Report("Writing", before + behind + sent, total, rest.Start + sent), _cancellationToken);
            }
            finally
            {
                // Continues behind the bytes that are certainly in the flash, at the start of a sector.
                int certain = (int)FlashLayout.Floor(Math.Min(upload.Certain, rest.Length));
                rest = new FlashSpan(rest.Start + certain, rest.Length - certain);
                _bytesSent += upload.BytesSent;
                _retries += upload.Retries;
            }
        });
    }

    private RegionUpload Prepare(FlashSpan span, bool isWhole)
    {
        CompressedPiece? stream = !_compresses ? null
            : isWhole ? _content.WaitForCompressed(span, _cancellationToken)
            : _content.Compress(span);
        return new RegionUpload(_device.GetLoader(), Address + (uint)span.Start, _content.Words(span), stream) { Encrypted = _write.Encrypt };
    }

    // An encrypted write is never started twice: the amount already in the flash cannot be found out.
    private void Step(Action step)
    {
        if (_write.Encrypt)
        {
            step();
        }
        else
        {
            _link.Run(step);
        }
    }

    private byte[] Digest() => _link.Run(() => FlashDigest.Read(_device, Address, _content.Data.Length, _cancellationToken));

    // A write erases whole sectors. The data before the image in its first sector is read and written again; in
    // secure download mode it cannot be read and is lost, and for an encrypted write a check has made sure there is none.
    private void AlignFront()
    {
        int before = (int)(_write.Address - _write.EraseStart);
        if (before == 0)
        {
            return;
        }

        var data = new byte[before + _write.Content.Data.Length];
        FlashLayout.Fill(data, 0, before);
        if (CanCompare && !_options.EraseAll)
        {
            FlashReader.Read(_device, Address, before, _link, null, _cancellationToken).CopyTo(data, 0);
        }

        _write.Content.Data.CopyTo(data, before);
        _content = new ImageContent(data);
        _spans = [_content.Whole];
    }

    private string? ReasonAgainstVerified(bool verified)
    {
        if (verified)
        {
            return _write.OverwrittenBy is null ? null : $"{_write.OverwrittenBy} overwrites a part of it.";
        }

        return _write.Encrypt ? "The chip encrypted it during the write, and its digest is that of the encrypted bytes."
            : _device.IsSecureDownloadMode ? "In secure download mode the chip computes no digests."
            : "Verification was not requested.";
    }

    private void Report(string what, long done, long total, long at) => _progress?.Invoke(new OperationProgress(
        $"{what} {_write.Name}", Math.Min(done, total), total, (uint)(Address + Math.Min(at, _content.Data.Length))));
}
