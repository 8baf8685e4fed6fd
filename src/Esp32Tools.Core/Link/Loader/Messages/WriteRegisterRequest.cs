using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Link.Loader.Messages;

/// <summary>
/// WRITE_REG: any number of (address, value, mask, delay in microseconds). Never repeated after a lost answer: the write
/// may start a burn.
/// </summary>
public sealed class WriteRegisterRequest : LoaderRequest
{
    /// <summary>The words to write, in this order.</summary>
    public required IReadOnlyList<RegisterWrite> Writes { get; init; }

    /// <summary>True when the write is safe to repeat: setting up and starting a transfer, but never a burn.</summary>
    public bool MayRepeat { get; init; }

    /// <inheritdoc/>
    public override bool IsRepeatable => MayRepeat;

    /// <inheritdoc/>
    public override LoaderCommand Command => LoaderCommand.WriteRegister;

    /// <summary>The addresses alone: a value may be part of a key. The trace adds the values that are not secret.</summary>
    public override string Describe() => string.Join(" ", Writes.Select(write => $"0x{write.Address:X8}"));

    /// <inheritdoc/>
    protected override void WriteBody(BodyWriter body, LoaderDialect dialect)
    {
        foreach (RegisterWrite write in Writes)
        {
            body.Word(write.Address).Word(write.Value).Word(write.Mask).Word(write.DelayMicroseconds);
        }
    }
}
