using System;
using System.Collections.Generic;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Compat;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>
/// Sends any command to the flash memory through the registers of the SPI controller in front of it
/// (protocol.md, section 8).
/// </summary>
internal sealed class SpiController
{
    private const uint UserCommand = 1u << 31;
    private const uint UserAddress = 1u << 30;
    private const uint UserDummy = 1u << 29;
    private const uint UserRead = 1u << 28;
    private const uint UserWrite = 1u << 27;
    private const uint StartUserTransfer = 1u << 18;
    private const int Polls = 10;

    private readonly LoaderClient _loader;
    private readonly SpiFacts _spi;

    public SpiController(LoaderClient loader)
    {
        _loader = loader;
        _spi = loader.Dialect.Chip!.Spi;
    }

    /// <summary>Runs a transfer that reads up to 32 bits.</summary>
    /// <returns>The bits read, lowest byte first; 0 when none were requested.</returns>
    public uint Run(SpiTransfer transfer, CancellationToken cancellationToken)
    {
        uint result = RunForWords(transfer, 1, cancellationToken)[0];
        return transfer.ReadBits == 0 ? 0 : result & (uint)((1ul << transfer.ReadBits) - 1);
    }

    /// <summary>Runs a transfer that reads whole bytes, up to the controller's limit of 64.</summary>
    public byte[] RunForBytes(SpiTransfer transfer, CancellationToken cancellationToken)
    {
        uint[] words = RunForWords(transfer, (transfer.ReadBits + 31) / 32, cancellationToken);
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            LittleEndian.WriteUInt32(bytes, 4 * i, words[i]);
        }

        Array.Resize(ref bytes, transfer.ReadBits / 8);
        return bytes;
    }

    private uint[] RunForWords(SpiTransfer transfer, int words, CancellationToken cancellationToken)
    {
        uint user = Read(_spi.User, cancellationToken);
        uint user2 = Read(_spi.User2, cancellationToken);
        Write(Setup(transfer), cancellationToken);
        WaitUntilDone(transfer, cancellationToken);
        uint[] result = new uint[words];
        for (int i = 0; i < words; i++)
        {
            result[i] = Read(_spi.Data + (4 * (uint)i), cancellationToken);
        }

        Write([All(_spi.User, user), All(_spi.User2, user2)], cancellationToken);
        return result;
    }

    private List<RegisterWrite> Setup(SpiTransfer transfer)
    {
        List<RegisterWrite> writes = [];
        if (transfer.Data.Length > 0)
        {
            writes.Add(All(_spi.MosiLength, (uint)(8 * transfer.Data.Length) - 1));
        }

        if (transfer.ReadBits > 0)
        {
            writes.Add(All(_spi.MisoLength, (uint)transfer.ReadBits - 1));
        }

        uint user1 = transfer.DummyBits > 0 ? (uint)transfer.DummyBits - 1 : 0;
        user1 |= transfer.AddressBits > 0 ? (uint)(transfer.AddressBits - 1) << 26 : 0;
        if (user1 != 0)
        {
            writes.Add(All(_spi.User1, user1));
        }

        writes.Add(All(_spi.User, UserCommand
            | (transfer.AddressBits > 0 ? UserAddress : 0)
            | (transfer.DummyBits > 0 ? UserDummy : 0)
            | (transfer.ReadBits > 0 ? UserRead : 0)
            | (transfer.Data.Length > 0 ? UserWrite : 0)));
        writes.Add(All(_spi.User2, (7u << 28) | transfer.Command));
        if (transfer.AddressBits > 0)
        {
            uint address = _spi.AddressLeftAligned ? transfer.Address << (32 - transfer.AddressBits) : transfer.Address;
            writes.Add(All(_spi.Address, address));
        }

        var padded = new byte[Math.Max(4, (transfer.Data.Length + 3) / 4 * 4)];
        transfer.Data.CopyTo(padded, 0);
        for (int i = 0; i < padded.Length; i += 4)
        {
            writes.Add(All(_spi.Data + (uint)i, LittleEndian.ReadUInt32(padded, i)));
        }

        writes.Add(All(_spi.Command, StartUserTransfer));
        return writes;
    }

    private void WaitUntilDone(SpiTransfer transfer, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Polls; i++)
        {
            if ((Read(_spi.Command, cancellationToken) & StartUserTransfer) == 0)
            {
                return;
            }
        }

        throw new LoaderException(
            ErrorCode.FlashNotFound,
            $"The SPI controller did not finish command 0x{transfer.Command:X2}.",
            "Check that the flash memory is connected and powered, then reset the chip.");
    }

    private RegisterWrite All(uint offset, uint value) => new(_spi.Base + offset, value, uint.MaxValue, 0);

    private uint Read(uint offset, CancellationToken cancellationToken) =>
        _loader.ReadRegister(_spi.Base + offset, cancellationToken);

    // Both loaders take any number of words in one request, which saves a round trip for each. Every command that is sent
    // here has the same effect when repeated.
    private void Write(IReadOnlyList<RegisterWrite> writes, CancellationToken cancellationToken) =>
        _loader.Execute(new WriteRegisterRequest { Writes = writes, MayRepeat = true }, cancellationToken);
}
