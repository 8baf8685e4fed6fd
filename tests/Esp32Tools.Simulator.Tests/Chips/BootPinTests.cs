using System;
using System.Text;
using System.Threading;
using Esp32Tools.Flash;
using Esp32Tools.Link.Transport;
using Esp32Tools.Simulator.Tests.Host;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Chips;

public sealed class BootPinTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Board_runs_its_program_when_power_comes(string chip) =>
        Assert.Equal(nameof(BoardState.Application), new Esp32Simulator(new SimulatorOptions { Chip = chip }).State);

    // D0/D1, R0/R1 and waits in milliseconds: protocol.md, section 6.
    [Theory]
    [InlineData("classic", "D0R1 100 D1R0 50 D0R0", BoardState.RomLoader)]
    [InlineData("classic, line by line", "D0R0 D0R1 100 D1R1 D1R0 50 D0R0", BoardState.RomLoader)]
    [InlineData("classic, line by line and slower than the pin rises: what a server has to bridge", "D0R1 100 D1R1 60 D1R0 110 D0R0", BoardState.Application)]
    [InlineData("tight", "D0R0 D1R1 D0R1 100 D1R0 50 D0R0", BoardState.RomLoader)]
    [InlineData("hard reset", "D0R1 100 D0R0 50", BoardState.Application)]
    [InlineData("boot pin alone resets nothing", "D1R0 100 D0R0 50", BoardState.Application)]
    [InlineData("both are neither", "D1R1 100 D0R0 50", BoardState.Application)]
    [InlineData("boot pin released before the reset pin", "D0R1 100 D1R0 1 D0R0 50", BoardState.Application)]
    [InlineData("still in reset", "D0R1 100", BoardState.Halted)]
    public void Lines_lead_to_loader_or_program(string sequence, string steps, BoardState expected)
    {
        _ = sequence;
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32" });
        using ISerialTransport port = board.Open();
        Run(port, steps);
        Assert.Equal(expected, board.GetState());
    }

    [Fact]
    public void Both_lines_asserted_do_not_disturb_a_running_loader()
    {
        Esp32Simulator board = Boards.InLoader();
        using WireHost host = Boards.Synced(board);
        Run(host.Port, "D1R1 100 D0R0 100");
        Assert.Single(host.Ask(0x0A, 0x4000_1000));
    }

    [Fact]
    public void Chip_in_reset_hears_and_says_nothing()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32" });
        using var host = new WireHost(board);
        Run(host.Port, "D0R1 100");
        host.Sync();
        Assert.Empty(host.Receive());
    }

    [Theory]
    [InlineData("R0D0 100 D1R0 100 D1R1 D0R1 D0R1 100 D0R0 50", BoardState.RomLoader)]
    [InlineData("D0R1 200 D0R0 200", BoardState.Application)]
    public void Own_USB_port_reads_the_lines_itself(string steps, BoardState expected)
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32c3", Connection = BoardConnection.UsbSerialJtag });
        using ISerialTransport port = board.Open();
        Assert.True(port.Traits.IsUsbSerialJtag);
        Run(port, steps.Replace("R0D0", "D0R0", StringComparison.Ordinal));
        Assert.Equal(expected, board.GetState());
    }

    [Fact]
    public void Own_USB_port_ignores_the_baud_rate()
    {
        using WireHost host = Boards.Synced(Boards.InLoader("esp32c3", new SimulatorOptions { Chip = "esp32c3", Connection = BoardConnection.UsbSerialJtag }));
        host.Port.SetBaudRate(9600, CancellationToken.None);
        Assert.Single(host.Ask(0x14));
    }

    [Fact]
    public void Loader_says_so_in_the_boot_log()
    {
        Assert.Equal(
            "ets Jul 29 2019 12:21:46\r\n\r\nrst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n",
            LogAfter("esp32", "D0R1 100 D1R0 50"));
        Assert.Equal(
            "ESP-ROM:esp32c3-api1-20210207\r\nBuild:Feb  7 2021\r\nrst:0x1 (POWERON),boot:0x4 (DOWNLOAD(USB/UART0/1))\r\nwaiting for download\r\n",
            LogAfter("esp32c3", "D0R1 100 D1R0 50"));
    }

    [Theory]
    [InlineData("esp32")]
    [InlineData("esp32c3")]
    public void Blank_flash_is_complained_about(string chip)
    {
        string log = LogAfter(chip, "D0R1 100 D0R0 50");
        Assert.Contains("(SPI_FAST_FLASH_BOOT)", log, StringComparison.Ordinal);
        Assert.Contains("invalid header: 0xffffffff\r\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_in_flash_says_its_name_and_what_it_was_told_to_say()
    {
        var board = new Esp32Simulator(new SimulatorOptions { Chip = "esp32", ApplicationOutput = ["hello", "world"] });
        foreach (FlashImage image in HostFirmware.For(board.GetChip()))
        {
            board.LoadFlash(image.Address, image.Data);
        }

        string log = LogAfter(board, "D0R1 100 D0R0 50");
        Assert.Matches("load:0x3ff[0-9a-f]{5},len:20000\r\n", log);
        Assert.Contains("Project name:     sample-product\r\n", log, StringComparison.Ordinal);
        Assert.Contains("App version:      1.0.0\r\n", log, StringComparison.Ordinal);
        Assert.EndsWith("hello\r\nworld\r\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Watchdog_resets_once_unlocked_and_armed()
    {
        Esp32Simulator board = Boards.InLoader("esp32c3");
        using WireHost host = Boards.Synced(board);
        host.WriteRegister(0x6000_8090, 0xD000_0102);
        Assert.Equal(0u, host.ReadRegister(0x6000_8090));
        host.WriteRegister(0x6000_80A8, 0x50D8_3AA1);
        host.WriteRegister(0x6000_8094, 2000);
        host.Send(WireHost.Request(0x09, 0x6000_8090, 0xD000_0102, uint.MaxValue, 0));
        host.Port.Clock.Delay(s_long, CancellationToken.None);
        Assert.Contains("rst:0x10 (RTCWDT_RTC_RST)", Encoding.ASCII.GetString(host.ReceiveRaw()), StringComparison.Ordinal);
    }

    private static string LogAfter(string chip, string steps) => LogAfter(new Esp32Simulator(new SimulatorOptions { Chip = chip }), steps);

    private static string LogAfter(Esp32Simulator board, string steps)
    {
        using var host = new WireHost(board);
        Run(host.Port, steps);
        return Encoding.ASCII.GetString(host.ReceiveRaw());
    }

    private static void Run(ISerialTransport port, string steps)
    {
        foreach (string step in steps.Split(' '))
        {
            if (step[0] == 'D')
            {
                port.SetModemLines(step[1] == '1', step[3] == '1', CancellationToken.None);
            }
            else
            {
                port.Clock.Delay(TimeSpan.FromMilliseconds(int.Parse(step)), CancellationToken.None);
            }
        }

        // Whatever was due by now happens when somebody looks.
        port.Read(new byte[1], 0, 0, TimeSpan.Zero, CancellationToken.None);
    }
}
