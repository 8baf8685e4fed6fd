using System;
using System.Linq;
using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Coding;
using Esp32Tools.Efuse.Fields;

namespace Esp32Tools.Efuse.Burn;

/// <summary>
/// The controller of the ESP32 (efuse-rules.md, section 1). Each block has its own write registers, and one command programs
/// them all: data of an earlier burn left in one of them would be burned as well, so all are cleared first.
/// </summary>
internal sealed class Esp32EfuseController : IEfuseController
{
    private readonly EfuseRegisterPort _port;
    private readonly EfuseCodingScheme _scheme;

    public Esp32EfuseController(EfuseRegisterPort port, EfuseCodingScheme scheme)
    {
        _port = port;
        _scheme = scheme;
    }

    /// <inheritdoc/>
    public void Prepare(CancellationToken cancellationToken) => _port.ApplyTiming(cancellationToken);

    /// <inheritdoc/>
    public void Program(EfuseBlockFacts block, uint[] words, CancellationToken cancellationToken)
    {
        foreach (EfuseBlockFacts other in _port.Chip.Efuse.Blocks)
        {
            _port.Clear(other.WriteOffset, other.Words, cancellationToken);
        }

        bool coded = block.Index > 0 && _scheme == EfuseCodingScheme.ThreeQuarters;
        uint[] raw = coded ? ThreeQuarterCode.Encode([.. words.Take(6)]) : [.. words];
        _port.Write(block.WriteOffset, raw, cancellationToken);
        Array.Clear(raw, 0, raw.Length);
        Run(EfuseRegisterPort.ConfigureProgram, EfuseRegisterPort.CommandProgram, cancellationToken);

        // A key must not stay readable in the write registers.
        _port.Clear(block.WriteOffset, block.Words, cancellationToken);
    }

    /// <inheritdoc/>
    public void Reload(CancellationToken cancellationToken) => Run(EfuseRegisterPort.ConfigureRead, EfuseRegisterPort.CommandRead, cancellationToken);

    private void Run(uint configuration, uint command, CancellationToken cancellationToken)
    {
        _port.Write(_port.Chip.Efuse.Conf, configuration, cancellationToken);
        _port.Write(_port.Chip.Efuse.Command, command, cancellationToken);
        _port.WaitIdle(1, cancellationToken);
    }
}
