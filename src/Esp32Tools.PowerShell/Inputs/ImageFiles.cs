using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Errors;
using Esp32Tools.Files;
using Esp32Tools.Flash;
using Esp32Tools.Formats.Images;
using Esp32Tools.Formats.Images.Containers;
using Esp32Tools.Formats.Images.Flasher;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Reads the files of images, all of them before any device is touched.</summary>
internal sealed class ImageFiles(ProviderPaths paths)
{
    private readonly List<FlashImage> _images = [];
    private readonly List<FlasherArguments> _lists = [];
    private readonly List<string> _warnings = [];
    private ChipDefinition? _chip;
    private string? _otherChip;

    /// <summary>Reads images.</summary>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.ImageEmpty"/>;
    /// <see cref="ErrorCode.ValueInvalid"/>: a file without an address; <see cref="ErrorCode.SettingsConflict"/>: a file that has
    /// its addresses in it, with another one; and those of <see cref="FlasherArguments.ReadFile"/>,
    /// <see cref="IntelHex.Parse"/> and <see cref="Uf2.Parse"/>.
    /// </exception>
    public static ImageSet Read(IEnumerable<ImageArgument> images, ProviderPaths paths)
    {
        var files = new ImageFiles(paths);
        foreach (ImageArgument image in images)
        {
            files.Add(image);
        }

        return new ImageSet { Images = files._images, Lists = files._lists, Chip = files._chip, OtherChip = files._otherChip, Warnings = files._warnings };
    }

    private void Add(ImageArgument image)
    {
        if (image.Data is not null)
        {
            AddBytes($"{image.Data.Length} bytes", image.Address, image.Data, image.Encrypt);
        }
        else if (image.Address is null && FlasherArguments.IsNameOf(image.Path!))
        {
            AddList(FlasherArguments.ReadFile(paths.Resolve(image.Path!.TrimStart('@')), paths.StopToken));
        }
        else
        {
            AddFile(image.Path!, paths.Resolve(image.Path!), image.Address, image.Encrypt);
        }
    }

    private void AddList(FlasherArguments list)
    {
        _lists.Add(list);
        Declare(list.Chip, list.ChipName);
        foreach (FlasherFile file in list.Files)
        {
            AddFile(file.Path, file.FullPath, file.Address, file.IsEncrypted);
        }
    }

    private void AddFile(string name, string path, uint? address, bool encrypt)
    {
        byte[] data = InputFile.Read(path, paths.StopToken);
        if (IntelHex.LooksLike(data))
        {
            AddParts(name, "an Intel HEX file", IntelHex.Parse(data, name), address, encrypt);
        }
        else if (Uf2.LooksLike(data))
        {
            Uf2File file = Uf2.Parse(data, name);
            Declare(file.Chip, file.ChipName);
            AddParts(name, "a UF2 file", file.Parts, address, encrypt);
        }
        else
        {
            AddBytes(name, address, data, encrypt);
        }
    }

    // The addresses in the file apply; an address given with it must be the first of them.
    private void AddParts(string name, string kind, IReadOnlyList<ImagePart> parts, uint? address, bool encrypt)
    {
        uint first = parts.Min(part => part.Address);
        if (address is uint given && given != first)
        {
            // Other tools require an address in any case, and users give 0.
            string says = $"'{name}' is {kind}, which has its addresses in it: they begin at 0x{first:X}, and 0x{given:X} was given.";
            if (given != 0)
            {
                throw new InputException(
                    ErrorCode.SettingsConflict, says, "Leave the address out; to have the file itself written as it is, give its bytes.")
                { Target = name };
            }

            _warnings.Add($"{says} Those in the file count.");
        }

        AddImages(FlashImageParts.ToImages(parts), encrypt);
    }

    // An unknown name is not the same as no name.
    private void Declare(ChipDefinition? chip, string? name)
    {
        if (name is not null && (chip is null || (_chip is not null && _chip != chip)))
        {
            _otherChip ??= chip?.Name ?? name;
        }

        _chip ??= chip;
    }

    private void AddBytes(string name, uint? address, byte[] data, bool encrypt)
    {
        if (data.Length == 0)
        {
            throw new InputException(ErrorCode.ImageEmpty, $"'{name}' is empty.", "Build it again, or check the path.") { Target = name };
        }

        if (address is null)
        {
            throw new InputException(
                ErrorCode.ValueInvalid,
                $"'{name}' has no address, and is not a file that contains it: Intel HEX, UF2, flasher_args.json, flash_args.",
                "Give the address with it, as in @{ 0x10000 = 'app.bin' }.")
            { Target = name };
        }

        AddImages([new FlashImage(name, address.Value, data)], encrypt);
    }

    private void AddImages(IEnumerable<FlashImage> images, bool encrypt) => _images.AddRange(images.Select(image => image with { Encrypt = encrypt }));
}
