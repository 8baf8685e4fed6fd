using System;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Coding;

namespace Esp32Tools.Efuse.Burn;

/// <summary>
/// The controller of all later chips (efuse-rules.md, section 2): one set of write registers, the block is part of the command,
/// and every block except block 0 needs its check words.
/// </summary>
internal sealed class ReedSolomonEfuseController : IEfuseController
{
    private const uint Data = 0x00;
    private const uint Check = 0x20;
    private const int DataWords = 8;
    private const int CheckWords = 3;

    // Idle must be seen twice: the controller's clock may just be starting.
    private const int IdleReads = 2;

    // The read command affects the running loader itself; the chip waits before it answers.
    private const uint ReloadMicroseconds = 1000;

    private readonly EfuseRegisterPort _port;

    public ReedSolomonEfuseController(EfuseRegisterPort port) => _port = port;

    /// <inheritdoc/>
    public void Prepare(CancellationToken cancellationToken) => _port.ApplyTiming(cancellationToken);

    /// <inheritdoc/>
    public void Program(EfuseBlockFacts block, uint[] words, CancellationToken cancellationToken)
    {
        Clear(cancellationToken);
        _port.Write(Data, words, cancellationToken);
        if (block.Index > 0)
        {
            uint[] check = ReedSolomonCode.Encode(words);
            _port.Write(Check, check, cancellationToken);
            Array.Clear(check, 0, check.Length);
        }

        _port.WaitIdle(IdleReads, cancellationToken);
        _port.Write(_port.Chip.Efuse.Conf, EfuseRegisterPort.ConfigureProgram, cancellationToken);
        _port.Write(_port.Chip.Efuse.Command, EfuseRegisterPort.CommandProgram | ((uint)block.Index << 2), cancellationToken);
        _port.WaitIdle(IdleReads, cancellationToken);
        Clear(cancellationToken);
    }

    /// <inheritdoc/>
    public void Reload(CancellationToken cancellationToken)
    {
        _port.WaitIdle(IdleReads, cancellationToken);
        _port.Write(_port.Chip.Efuse.Conf, EfuseRegisterPort.ConfigureRead, cancellationToken);
        _port.Write(_port.Chip.Efuse.Command, EfuseRegisterPort.CommandRead, cancellationToken, ReloadMicroseconds);
        _port.WaitIdle(IdleReads, cancellationToken);
    }

    // Before a burn, so that no stale data is burned; after it, so that no key can be read here.
    private void Clear(CancellationToken cancellationToken)
    {
        _port.WaitIdle(IdleReads, cancellationToken);
        _port.Clear(Data, DataWords + CheckWords, cancellationToken);
    }
}
