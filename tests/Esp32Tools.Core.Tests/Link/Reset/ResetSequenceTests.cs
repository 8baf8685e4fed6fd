using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Esp32Tools.Core.Tests.Link.Loader;
using Esp32Tools.Errors;
using Esp32Tools.Link.Reset;
using Esp32Tools.Link.Transport;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Reset;

public sealed class ResetSequenceTests
{
    private static readonly TransportTraits s_usbSerialJtag = new() { VendorId = 0x303A, ProductId = 0x1001, SetsLinesTogether = true };

    public static TheoryData<string> BuiltIn =>
    [
        .. new[]
        {
            ResetSequences.Classic, ResetSequences.ClassicSlow, ResetSequences.Tight, ResetSequences.TightSlow,
            ResetSequences.UsbSerialJtag, ResetSequences.HardReset, ResetSequences.HardResetUsb,
        }.Select(sequence => sequence.ToString()),
    ];

    [Fact]
    public void Classic_reset_holds_the_chip_in_reset_and_lets_go_with_the_boot_pin_low() =>
        Assert.Equal(["0: D0 R0", "0: D0 R1", "100: D1 R1", "100: D1 R0", "150: D0 R0"], LinesOf(ResetSequences.Classic));

    [Fact]
    public void Tight_reset_never_has_boot_pin_and_reset_pin_change_apart() => Assert.Equal(
        ["0: D0 R0", "0: D1 R1", "0: D0 R1", "100: D1 R0", "150: D0 R0", "150: D0 R0"],
        LinesOf(ResetSequences.Tight));

    [Fact]
    public void Usb_serial_jtag_reset_changes_the_lines_in_the_order_the_peripheral_reads() => Assert.Equal(
        ["0: D0 R0", "0: D0 R0", "100: D1 R0", "100: D1 R0", "200: D1 R1", "200: D0 R1", "200: D0 R1", "300: D0 R1", "300: D0 R0"],
        LinesOf(ResetSequences.UsbSerialJtag));

    [Fact]
    public void Hard_reset_leaves_the_boot_pin_high() =>
        Assert.Equal(["0: D0 R0", "0: D0 R1", "100: D0 R0"], LinesOf(ResetSequences.HardReset));

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Every_sequence_of_ours_reads_back_as_written_and_ends_with_the_lines_released(string text)
    {
        ResetSequence sequence = ResetSequence.Parse(text);
        Assert.Equal(text, sequence.ToString());
        Assert.EndsWith("D0 R0", LinesOf(sequence)[^1]);
    }

    [Theory]
    [InlineData("D0|R1|W0.1|D1|R0|W0.05|D0")]
    [InlineData("d0 | r1 | w.1 | u1,0 | u 0 , 0")]
    public void Notation_of_the_field_is_read(string text) => Assert.NotEmpty(ResetSequence.Parse(text).Steps);

    [Fact]
    public void Notation_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            ResetSequence sequence = ResetSequence.Parse("R1|W0.25|R0");
            Assert.Equal(TimeSpan.FromMilliseconds(250), sequence.Steps[1].Wait);
            Assert.Equal("R1|W0.25|R0", sequence.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("D0||R1", 2)]
    [InlineData("D2", 1)]
    [InlineData("D0|X1", 2)]
    [InlineData("U1", 1)]
    [InlineData("U1,2", 1)]
    [InlineData("U1,0,1", 1)]
    [InlineData("W", 1)]
    [InlineData("W-1", 1)]
    [InlineData("W0,1", 1)]
    [InlineData("W61", 1)]
    [InlineData("WNaN", 1)]
    [InlineData("W-Infinity", 1)]
    [InlineData("WInfinity", 1)]
    public void Step_that_is_none_is_named(string text, int number)
    {
        var error = Assert.Throws<Esp32Exception>(() => ResetSequence.Parse(text));
        Assert.Equal(ErrorCode.ResetSequenceInvalid, error.Code);
        Assert.Equal(text, error.Target);
        Assert.Contains($"Step {number} ", error.Message);
    }

    [Fact]
    public void Cp2102c_keeps_dtr_asserted_to_the_end_of_a_reset()
    {
        var bridge = new TransportTraits { SetsLinesTogether = true, VendorId = 0x10C4, ProductId = 0xEA64 };
        Assert.Equal(["D0|R1|W0.1|D1|R0|W0.05", "D0|R1|W0.1|D1|R0|W0.55"], ResetSequences.IntoLoader(bridge).Select(sequence => sequence.ToString()));
        Assert.Equal("D0|R1|W0.1|D1|W0.1|R0", ResetSequences.IntoApplication(bridge).ToString());
    }

    [Fact]
    public void Sequences_suit_the_port()
    {
        Assert.Equal(
            [ResetSequences.Tight, ResetSequences.TightSlow, ResetSequences.Classic, ResetSequences.ClassicSlow],
            ResetSequences.IntoLoader(new TransportTraits { SetsLinesTogether = true }));
        Assert.Equal([ResetSequences.Classic, ResetSequences.ClassicSlow], ResetSequences.IntoLoader(new TransportTraits()));
        Assert.Equal([ResetSequences.UsbSerialJtag], ResetSequences.IntoLoader(s_usbSerialJtag));
        Assert.Same(ResetSequences.HardResetUsb, ResetSequences.IntoApplication(s_usbSerialJtag));
        Assert.Same(ResetSequences.HardReset, ResetSequences.IntoApplication(new TransportTraits()));
    }

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Cancelled_at_any_call_it_leaves_no_chip_in_reset(string text)
    {
        int calls = CallsOf(text);
        for (int call = 1; call <= calls; call++)
        {
            using var cancel = new CancellationTokenSource();
            int at = call;
            var transport = new ScriptedTransport { BeforeCall = number => CancelAt(cancel, number == at) };
            Assert.ThrowsAny<OperationCanceledException>(() => ResetSequence.Parse(text).Run(transport, cancel.Token));
            Assert.False(transport.RequestToSend || transport.DataTerminalReady, $"Lines are asserted after a stop at call {call}.");
        }
    }

    [Fact]
    public void Failed_at_any_call_it_releases_the_lines_and_reports_what_failed()
    {
        int calls = CallsOf(ResetSequences.Classic.ToString());
        for (int call = 1; call <= calls; call++)
        {
            int at = call;
            var transport = new ScriptedTransport();
            transport.BeforeCall = number =>
            {
                if (number == at)
                {
                    throw new TransportException(ErrorCode.PortWriteTimeout, "The server did not answer.");
                }
            };
            var error = Assert.Throws<TransportException>(() => ResetSequences.Classic.Run(transport, CancellationToken.None));
            Assert.Equal(ErrorCode.PortWriteTimeout, error.Code);
            Assert.False(transport.RequestToSend || transport.DataTerminalReady, $"Lines are asserted after a failure at call {call}.");
        }
    }

    [Fact]
    public void Port_that_is_gone_is_reported_as_gone()
    {
        var transport = new ScriptedTransport { LoseAtCall = 3 };
        var error = Assert.Throws<TransportException>(() => ResetSequences.Classic.Run(transport, CancellationToken.None));
        Assert.Equal(ErrorCode.PortLost, error.Code);
    }

    private static void CancelAt(CancellationTokenSource cancel, bool now)
    {
        if (now)
        {
            cancel.Cancel();
        }
    }

    private static int CallsOf(string text)
    {
        var transport = new ScriptedTransport();
        ResetSequence.Parse(text).Run(transport, CancellationToken.None);
        return transport.Calls;
    }

    private static IReadOnlyList<string> LinesOf(ResetSequence sequence)
    {
        var transport = new ScriptedTransport();
        sequence.Run(transport, CancellationToken.None);
        return
        [
            .. transport.Lines.Select(set => FormattableString.Invariant(
                $"{set.Time.TotalMilliseconds:0}: D{(set.DataTerminalReady ? 1 : 0)} R{(set.RequestToSend ? 1 : 0)}")),
        ];
    }
}
