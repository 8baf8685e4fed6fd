using System;
using System.Linq;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Ota;
using Esp32Tools.Formats.Partitions;
using Esp32Tools.Simulator.Faults;
using Esp32Tools.Storage.Ota;
using Esp32Tools.Storage.Partitions;
using Xunit;

namespace Esp32Tools.Simulator.Tests.Host;

/// <summary>Which application boots, chosen on a device.</summary>
public sealed class OtaDeviceTests
{
    private static readonly OtaLayout s_layout = PartitionBench.Layout;

    [Theory]
    [InlineData("esp32", LoaderKind.Rom, false)]
    [InlineData("esp32", LoaderKind.Stub, true)]
    [InlineData("esp32c3", LoaderKind.Stub, false)]
    [InlineData("esp32c3", LoaderKind.Stub, true)]
    public void Slots_are_chosen_in_turn_and_one_sector_is_written_each_time(string chip, LoaderKind loader, bool encrypts)
    {
        using var board = new PartitionBench(chip, loader, encrypts);
        using Esp32Device device = board.Connect();
        using PartitionCipher? cipher = board.CipherOf(device);
        foreach (int slot in new[] { 1, 0, 1 })
        {
            byte[] before = board.Bench.Flash();
            OtaData data = OtaDevice.Read(device, s_layout, cipher, default);
            OtaChange change = OtaSwitch.To(data, s_layout, slot);

            Assert.True(OtaDevice.Apply(device, s_layout, change, cipher, null, default));

            Assert.Equal(slot, OtaDevice.Read(device, s_layout, cipher, default).Decide(s_layout).Slot);
            Assert.Equal(change.After.ToBytes(), board.Read("otadata"));
            byte[] after = board.Bench.Flash();
            uint sector = s_layout.Data!.Offset + (uint)(change.Steps.Single().Copy * 0x1000);
            Assert.All(Enumerable.Range(0, before.Length).Where(at => before[at] != after[at]), at => Assert.InRange(at, (int)sector, (int)sector + 0xFFF));
        }

        Assert.True(OtaDevice.Apply(device, s_layout, OtaSwitch.Clear(OtaDevice.Read(device, s_layout, cipher, default), s_layout), cipher, null, default));
        Assert.Equal("factory", OtaDevice.Read(device, s_layout, cipher, default).Decide(s_layout).Partition!.Name);
    }

    [Fact]
    public void Power_cut_leaves_the_old_choice_or_the_new_one_and_the_rerun_makes_the_new_one()
    {
        // At each write; and at the first alone, after which the connection is made anew.
        foreach ((string cut, bool fails) in new[] { ("brownout@write:1*", true), ("brownout@write:1", false) })
        {
            using var board = new PartitionBench("esp32c3", LoaderKind.Stub);
            Choose(board, 0);
            board.Bench.Board.Arm(FaultPlan.Parse(cut));

            bool isCut = Record.Exception(() => Choose(board, 1)) is Esp32Exception;
            Assert.Equal(fails, isCut);

            int? left = OtaData.Parse(board.Read("otadata")).Decide(s_layout).Slot;
            Assert.True(isCut ? left is 0 or 1 : left is 1, $"slot {left} boots");
            board.Bench.Board.Arm(FaultPlan.None);
            Choose(board, 1);
            Assert.Equal(1, OtaData.Parse(board.Read("otadata")).Decide(s_layout).Slot);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Application_is_looked_for_where_it_is_to_boot(bool encrypts)
    {
        using var board = new PartitionBench("esp32c3", LoaderKind.Stub, encrypts);
        using Esp32Device device = board.Connect();
        using PartitionCipher? cipher = board.CipherOf(device);
        Partition app = s_layout.Slots[0];
        OtaDevice.EnsureApplication(device, app, cipher, [], null, default);

        byte[] damaged = (byte[])board.App.Clone();
        damaged[5000] ^= 1;
        board.Load("app0", damaged);
        Assert.Equal(ErrorCode.ImageInvalid, Code(() => OtaDevice.EnsureApplication(device, app, cipher, [], null, default)));
        OtaDevice.EnsureApplication(device, app, cipher, [ErrorCode.ImageInvalid], null, default);

        board.Load("app0", new byte[0x1000]);
        Assert.Equal(ErrorCode.ImageInvalid, Code(() => OtaDevice.EnsureApplication(device, app, cipher, [], null, default)));
        Assert.Equal(ErrorCode.ValueInvalid, Code(() => OtaDevice.EnsureApplication(device, app, cipher, [ErrorCode.BeyondFlash], null, default)));
    }

    [Fact]
    public void Encrypted_otadata_needs_the_key()
    {
        using var board = new PartitionBench("esp32", LoaderKind.Stub, encrypts: true);
        using Esp32Device device = board.Connect();
        Esp32Exception error = Assert.ThrowsAny<Esp32Exception>(() => OtaDevice.Read(device, s_layout, null, default));
        Assert.Equal(ErrorCode.FlashEncrypted, error.Code);
        Assert.Contains("key", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Slots_say_which_boots_and_why_the_others_do_not()
    {
        OtaData data = OtaSwitch.To(OtaSwitch.To(OtaData.Erased, s_layout, 0).After, s_layout, 1).After;
        data = OtaSwitch.Back(data, s_layout).After;
        Esp32OtaSlot[] slots = [.. Esp32OtaSlot.From(s_layout, data, "COM5")];

        Assert.Equal([null, 0, 1], slots.Select(slot => slot.Slot));
        Assert.Equal([false, true, false], slots.Select(slot => slot.Boots));
        Assert.Equal([null, nameof(OtaState.Undefined), nameof(OtaState.Invalid)], slots.Select(slot => slot.State));
        Assert.All(slots, slot => Assert.Matches(@"^[A-Z].*\.$", slot.Reason));
        Assert.Contains("failed", slots[2].Reason, StringComparison.Ordinal);
    }

    private static void Choose(PartitionBench board, int slot)
    {
        using Esp32Device device = board.Connect();
        OtaChange change = OtaSwitch.To(OtaDevice.Read(device, s_layout, null, default), s_layout, slot);
        OtaDevice.Apply(device, s_layout, change, null, null, default);
    }

    private static ErrorCode Code(Action action) => Assert.ThrowsAny<Esp32Exception>(action).Code;
}
