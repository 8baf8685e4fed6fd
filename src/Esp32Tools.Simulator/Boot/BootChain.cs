using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Esp32Tools.Chips;
using Esp32Tools.Simulator.Loader;

namespace Esp32Tools.Simulator.Boot;

/// <summary>
/// The way from the ROM to the application, and its output: each link checks the next one and says what is wrong with it. Words are those
/// of the ROMs and of ESP-IDF 5's bootloader. A bootloader whose hash alone is wrong is started by newer ROMs; here it then says nothing more,
/// as its code is not what was built.
/// </summary>
internal sealed class BootChain
{
    // A blank chip repeats its error for ever; a few lines of it are enough.
    private const int Complaints = 8;
    private const uint AppDescriptorMagic = 0xABCD_5432;
    private const byte BootDescriptorMagic = 0x50;
    private const uint Descriptor = 0x20;

    private readonly ChipMachine _chip;
    private readonly FlashView _flash;
    private readonly StringBuilder _text = new();

    public BootChain(ChipMachine chip)
    {
        _chip = chip;
        _flash = new FlashView(chip);
    }

    /// <summary>Goes as far as the flash allows.</summary>
    /// <returns>The output.</returns>
    public string Run()
    {
        if (StartBootloader() && FindApplication() is { } application)
        {
            Start(application);
        }

        return _text.ToString();
    }

    private BootFacts Facts => _chip.Facts.Boot;

    private ChipSecurity Security => new(_chip);

    private bool StartBootloader()
    {
        var image = new BootImage(_flash, _chip.Facts.Image.BootloaderOffset);
        if (!image.HasHeader)
        {
            for (int i = 0; i < Complaints; i++)
            {
                Line($"invalid header: 0x{image.FirstWord:x8}");
            }

            return false;
        }

        _text.Append(Facts.BeforeLoad);
        if (Security.IsSecureBoot && !IsSignedForRom(image))
        {
            return false;
        }

        if (Security.IsSecureBootV1 && !(image.IsWhole && BootDigest.IsRight(_flash, image, _chip.Facts, _chip.Efuse)))
        {
            Line($"secure boot check fail\r\nets_main.c 371 ");
            return false;
        }

        foreach ((uint address, uint length) in image.Segments)
        {
            _text.AppendFormat(CultureInfo.InvariantCulture, Facts.LoadFormat, address, length);
        }

        if (!image.IsWhole)
        {
            return false;
        }

        if (image.Checksum != image.StoredChecksum)
        {
            _text.AppendFormat(CultureInfo.InvariantCulture, Facts.ChecksumFormat, image.Checksum, image.StoredChecksum);
            return false;
        }

        if (!image.HasRightHash && Facts.ChecksHash)
        {
            Line($"SHA-256 comparison failed:\r\nCalculated: {Hex(image.Hash)}\r\nExpected: {Hex(image.StoredHash)}\r\nAttempting to boot anyway...");
        }

        Line($"entry 0x{image.Entry:x8}");
        if (!image.HasRightHash || image.ChipId != _chip.Facts.ImageChipId)
        {
            return false;
        }

        if (_flash.Read(image.Start + Descriptor, 1)[0] == BootDescriptorMagic)
        {
            Line($"I (31) boot: ESP-IDF {_flash.Text(image.Start + Descriptor + 8, 32)} 2nd stage bootloader");
        }

        return true;
    }

    private bool IsSignedForRom(BootImage image)
    {
        if (image.IsWhole)
        {
            var signature = new BootSignature(_flash, image, _chip.Facts, _chip.Efuse);
            if (signature.IsTrusted)
            {
                Line($"secure boot verification succeeded");
                return true;
            }

            if (!signature.HasMagic)
            {
                Line($"No signature block magic byte found at signature sector (found 0x{signature.FirstByte:x} not 0xe7). Image not V2 signed?");
            }
        }

        Line($"secure boot verification failed");
        return false;
    }

    private BootImage? FindApplication()
    {
        var table = new BootPartitions(_flash);
        if (table.Fault is { } fault)
        {
            Line($"E (39) flash_parts: {fault}");
            Line($"E (44) boot: Failed to verify partition table");
            Line($"E (49) boot: load partition table error!");
            return null;
        }

        IReadOnlyList<BootPartition> order = OtaChoice.Order(_flash, table.All);
        foreach (BootPartition partition in order)
        {
            var image = new BootImage(_flash, partition.Offset);
            if (FaultOf(image, partition) is not { } why)
            {
                Line($"I (120) boot: Loaded app from partition at offset 0x{partition.Offset:x}");
                return image;
            }

            Line($"E (40) {why}");
            string which = partition.Slot is int slot ? Text($"OTA app partition slot {slot}") : "Factory app partition";
            Line($"E (45) boot: {which} is not bootable");
        }

        Line($"E (50) boot: No bootable app partitions in the partition table");
        return null;
    }

    private string? FaultOf(BootImage image, BootPartition partition)
    {
        int revision = Security.Revision;
        if (!image.HasHeader)
        {
            return Text($"esp_image: image at 0x{partition.Offset:x} has invalid magic byte (nothing flashed here?)");
        }

        if (image.ChipId != _chip.Facts.ImageChipId)
        {
            return Text($"boot_comm: mismatch chip ID, expected {_chip.Facts.ImageChipId}, found {image.ChipId}");
        }

        if (!image.Admits(_chip.Facts, revision))
        {
            return Text($"boot_comm: image does not admit chip revision v{revision / 100}.{revision % 100}");
        }

        if (!image.IsWhole || image.Length > partition.Size)
        {
            return Text($"esp_image: Image length {image.Length} doesn't fit in partition length {partition.Size}");
        }

        if (image.Checksum != image.StoredChecksum)
        {
            return Text($"esp_image: Checksum failed. Calculated 0x{image.Checksum:x} read 0x{image.StoredChecksum:x}");
        }

        if (!image.HasRightHash)
        {
            return "esp_image: Image hash failed - image is corrupt";
        }

        return Security.IsSecureBoot && !new BootSignature(_flash, image, _chip.Facts, _chip.Efuse).IsTrusted
            ? "esp_image: Secure boot signature verification failed"
            : null;
    }

    // Fields of the application descriptor: formats.md, section 5.
    private void Start(BootImage application)
    {
        uint descriptor = application.Start + Descriptor;
        if (_flash.Word(descriptor) == AppDescriptorMagic)
        {
            Line($"I (230) app_init: Project name:     {_flash.Text(descriptor + 48, 32)}");
            Line($"I (235) app_init: App version:      {_flash.Text(descriptor + 16, 32)}");
        }

        Line($"I (250) main_task: Calling app_main()");
        foreach (string line in _chip.Options.ApplicationOutput)
        {
            Line($"{line}");
        }
    }

    private static string Hex(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private void Line(FormattableString text) => _text.Append(FormattableString.Invariant(text)).Append("\r\n");
}
