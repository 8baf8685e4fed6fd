using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Compat;
using Esp32Tools.Errors;

namespace Esp32Tools.Devices.Memory;

/// <summary>Reads RAM, ROM and registers, one word per request: loaders have no faster way.</summary>
public static class MemoryReader
{
    /// <summary>Reads bytes. The words that contain them are read once each, in order.</summary>
    /// <param name="device">The device.</param>
    /// <param name="address">First address.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="allow">Refusals to lift, of <see cref="RefusalCatalog.MemoryRead"/>.</param>
    /// <param name="progress">Receives the progress; null for none.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="ChipException"><see cref="ErrorCode.SecureDownloadMode"/>, <see cref="ErrorCode.AddressUnmapped"/></exception>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    public static byte[] Read(
        Esp32Device device, uint address, int length, IReadOnlyCollection<ErrorCode> allow, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        MemoryRules.RequireMemoryCommands(device);
        MemoryRules.RequireWithinSpace(address, length);
        new Refusals(RefusalCatalog.MemoryRead, allow).Check(() => MemoryRules.RequireMapped(device, address, length));

        const int Word = MemoryRules.WordLength;
        uint first = address / Word * Word;
        int skipped = (int)(address - first);
        byte[] words = new byte[(skipped + length + Word - 1) / Word * Word];
        for (int at = 0; at < words.Length; at += Word)
        {
            progress?.Invoke(new OperationProgress("Reading memory", at, words.Length, first + (uint)at));
            LittleEndian.WriteUInt32(words, at, device.GetLoader().ReadRegister(first + (uint)at, cancellationToken));
        }

        progress?.Invoke(new OperationProgress("Reading memory", words.Length, words.Length, first));
        byte[] data = new byte[length];
        Buffer.BlockCopy(words, skipped, data, 0, length);
        return data;
    }
}
