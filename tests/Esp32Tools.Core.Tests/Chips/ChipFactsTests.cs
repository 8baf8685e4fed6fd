using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Chips;
using Xunit;

namespace Esp32Tools.Core.Tests.Chips;

/// <summary>Every chip, fact by fact, against the collected facts.</summary>
public sealed class ChipFactsTests
{
    public static TheoryData<string> Chips => [.. ChipFactsFile.Keys];

    [Theory]
    [MemberData(nameof(Chips))]
    public void Names_and_numbers_are_those_of_the_vendor(string key) => Check(key, "identification", (chip, facts) =>
    {
        Assert.Equal(facts.GetProperty("name").GetString(), chip.Name);
        Assert.Equal((int)facts.Number("imageChipId"), chip.ImageChipId);
        Assert.Equal(facts.Has("magicValue") ? facts.Number("magicValue") : null, chip.MagicValue);
        Assert.Equal(facts.Number("uf2FamilyId"), chip.Image.Uf2FamilyId);
        Assert.Same(chip, ChipCatalog.ByImageChipId(chip.ImageChipId));
        Assert.Same(chip, ChipCatalog.ByName(chip.Name));
        Assert.True(chip.MagicValue is null || ChipCatalog.ByMagicValue(chip.MagicValue.Value) == chip);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Loader_speaks_as_the_facts_say(string key) => Check(key, "loader", (chip, facts) =>
    {
        LoaderFacts loader = chip.Loader;
        Assert.Equal(facts.Number("romStatusFieldBytes"), (uint)loader.RomStatusLength);
        Assert.Equal(facts.Number("flashBeginWordsRom"), (uint)loader.FlashBeginWordsRom);
        Assert.Equal(facts.GetProperty("romEncryptedFlashWrite").GetBoolean(), loader.RomWritesEncrypted);
        Assert.Equal(facts.Number("romSecurityInfo"), (uint)loader.RomSecurityInfoLength);
        Assert.Equal(facts.GetProperty("secureDownloadMode").GetBoolean(), loader.HasSecureDownloadMode);
        Assert.Equal(facts.Number("ramBlock"), (uint)loader.RamBlockSize);
        Assert.Equal(facts.Number("flashBlockRom"), (uint)loader.FlashBlockSizeRom);
        Assert.Equal(facts.Number("flashBlockStub"), (uint)loader.FlashBlockSizeStub);
        Assert.Equal(facts.GetProperty("baudChangeInSecureDownload").GetBoolean() || !loader.HasSecureDownloadMode, loader.ChangesBaudRateInSecureDownload);
        Assert.Equal(facts.GetProperty("baudChange").GetString() == "plain", loader.RomBaudRule == RomBaudRule.Plain);
        if (chip.Usb.HasOtg)
        {
            Assert.Equal(facts.Number("ramBlockUsbOtg"), (uint)loader.UsbOtgBlockSize);
            Assert.Equal(facts.Number("flashBlockStubUsbOtg"), (uint)loader.UsbOtgBlockSize);
        }

        string?[] stubs = [.. loader.EarlyStubs.Select(early => early.StubName), loader.StubName];
        Assert.Equal(facts.GetProperty("stubFiles").EnumerateArray().Select(file => file.GetString()), stubs.OfType<string>().Select(name => name + ".json"));
        Assert.Equal(facts.GetProperty("spiConnectionPins").GetString()!.Split(' ')[0], string.Join(",", chip.Spi.Pins.Select(Describe)));
        Assert.Equal(facts.Has("usbPinsWarn") ? facts.GetProperty("usbPinsWarn").EnumerateArray().Select(pin => pin.GetInt32()) : [], chip.Usb.Pins);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Image_codes_and_windows_are_those_of_the_facts(string key) => Check(key, "image", (chip, facts) =>
    {
        ImageFacts image = chip.Image;
        Assert.Equal(facts.Number("bootloaderOffset"), image.BootloaderOffset);
        Assert.Equal(Codes(facts.GetProperty("flashFrequency")), image.FlashFrequencies.ToDictionary(code => code.Key, code => (uint)code.Value));
        Assert.Equal(Codes(facts.GetProperty("flashSizes")), image.FlashSizes.ToDictionary(code => code.Key, code => (uint)code.Value));
        Assert.Equal(Codes(facts.GetProperty("flashMode")), image.FlashModes.ToDictionary(code => code.Key, code => (uint)code.Value));
        Assert.Equal(facts.GetProperty("mmuPageSizes").EnumerateArray().Select(size => size.Number()), image.MmuPageSizes.Select(size => (uint)size));
        Assert.Equal(facts.Number("encryptedWriteAlign"), (uint)image.EncryptedWriteAlignment);
        Assert.Equal(Range(facts.GetProperty("irom")), image.InstructionFlash);
        Assert.Equal(Range(facts.GetProperty("drom")), image.DataFlash);
        Assert.Equal(facts.GetProperty("revisionField").GetString()!.Contains("minor", StringComparison.Ordinal), image.LegacyRevisionIsMinor);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Memory_map_is_that_of_the_facts(string key) => Check(key, "memoryMap", (chip, facts) => Assert.Equal(
        facts.GetProperty("regions").EnumerateArray().Select(region => new MemoryRegion(region.GetProperty("name").GetString()!, region.Number("start"), region.Number("end"))),
        chip.MemoryMap));

    [Theory]
    [MemberData(nameof(Chips))]
    public void Uart_and_flash_controller_are_where_the_facts_say(string key) => Check(key, "uart", (chip, facts) =>
    {
        Assert.Equal(facts.Number("dateRegister"), chip.Uart.Date);
        Assert.True(!facts.Has("clkDivRegister") || facts.Number("clkDivRegister") == chip.Uart.ClockDivider);
        JsonElement spi = ChipFactsFile.Section(key, "spi");
        JsonElement offsets = spi.GetProperty("offsets");
        SpiFacts actual = chip.Spi;
        Assert.Equal(spi.Number("base"), actual.Base);
        Assert.Equal(spi.GetProperty("addrLeftAligned").GetBoolean(), actual.AddressLeftAligned);
        Assert.Equal(
            new[] { "CMD", "ADDR", "USR", "USR1", "USR2", "MOSI_DLEN", "MISO_DLEN", "W0" }.Select(name => offsets.Number(name)),
            [actual.Command, actual.Address, actual.User, actual.User1, actual.User2, actual.MosiLength, actual.MisoLength, actual.Data]);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Crystal_is_one_of_those_of_the_facts(string key) => Check(key, "crystal", (chip, facts) =>
    {
        Assert.Equal(facts.GetProperty("choicesMHz").EnumerateArray().Select(choice => choice.GetInt32()).Order(), chip.Crystal.ChoicesMHz.Order());
        Assert.Equal(facts.GetProperty("mode").GetString() == "measured", chip.Crystal.IsMeasured);
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Watchdogs_are_where_the_facts_say(string key) => Check(key, "watchdog", (chip, facts) =>
    {
        Assert.Equal(facts.GetProperty("resetSupported").GetBoolean(), chip.Watchdog?.CanReset ?? false);
        Assert.Equal(facts.GetProperty("disableOnUsbSerialJtag").GetBoolean(), chip.Watchdog?.RunsOnUsbSerialJtag ?? false);
        Assert.Equal(facts.Has("config0"), chip.Watchdog is not null);
        if (chip.Watchdog is not { } dog)
        {
            return;
        }

        Assert.Equal(
            (facts.Number("config0"), facts.Number("config1"), facts.Number("writeProtect"), facts.Number("key")),
            (dog.Config0, dog.Config1, dog.WriteProtect, dog.Key));
        if (facts.TryGetProperty("swd", out JsonElement super))
        {
            Assert.Equal(
                (super.Number("conf"), super.Number("writeProtect"), super.Number("key"), super.Number("autoFeed")),
                (dog.SuperConfig, dog.SuperWriteProtect, dog.SuperKey, dog.SuperAutoFeed));
        }
    });

    [Theory]
    [MemberData(nameof(Chips))]
    public void Usb_ports_are_those_of_the_facts(string key) => Check(key, "usb", (chip, facts) =>
    {
        UsbFacts usb = chip.Usb;
        Assert.Equal(facts.GetProperty("usbOtg").GetBoolean(), usb.HasOtg);
        Assert.Equal(facts.GetProperty("usbSerialJtag").GetBoolean(), usb.HasSerialJtag);
        string hardReset = ChipFactsFile.Section(key, "watchdog").GetProperty("hardReset").GetString()!;
        Assert.Equal(usb.HasOtg && !hardReset.StartsWith("RTS", StringComparison.Ordinal), usb.OtgRestart != OtgRestart.ModemLines);
        Assert.Equal(hardReset.Contains("first clear force-download", StringComparison.Ordinal), usb.ClearForceDownload);
        if (facts.Has("otgVidPid"))
        {
            Assert.Equal($"303A:{chip.ImageChipId:X4}", facts.GetProperty("otgVidPid").GetString());
        }

        Assert.Equal(Bit(facts, "strap", "spiBootMask"), usb.FlashBootStrap?.Parts ?? []);
        Assert.Equal(Bit(facts, "forceDownload", "mask"), usb.ForceDownload?.Parts ?? []);
    });

    private static void Check(string key, string section, Action<ChipDefinition, JsonElement> check) =>
        check(ChipCatalog.ByName(key), ChipFactsFile.Section(key, section));

    private static string Describe(PinRange pins) =>
        pins.First == pins.Last ? $"{pins.First}" : pins.Last == pins.First + 1 ? $"{pins.First},{pins.Last}" : $"{pins.First}-{pins.Last}";

    private static Dictionary<string, uint> Codes(JsonElement codes) => codes.EnumerateObject().ToDictionary(code => code.Name, code => code.Value.Number());

    private static (uint Start, uint End) Range(JsonElement range) => (range.Number("start"), range.Number("end"));

    private static BitPart[] Bit(JsonElement facts, string name, string mask) => facts.TryGetProperty(name, out JsonElement bit)
        ? [new BitPart(bit.Number("register"), System.Numerics.BitOperations.TrailingZeroCount(bit.Number(mask)), 1)]
        : [];
}
