using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Errors;
using Esp32Tools.Flash;
using Esp32Tools.PowerShell.Binding;

namespace Esp32Tools.PowerShell.Infrastructure;

/// <summary>Reads the files of images, all of them before any device is touched.</summary>
internal static class ImageFiles
{
    /// <summary>Reads images.</summary>
    /// <exception cref="ImageException">
    /// <see cref="ErrorCode.FileNotFound"/>, <see cref="ErrorCode.FileAccess"/>, <see cref="ErrorCode.ImageEmpty"/>
    /// </exception>
    public static IReadOnlyList<FlashImage> Read(IEnumerable<ImageArgument> images, ProviderPaths paths) =>
        [.. images.Select(image => Read(image, paths))];

    private static FlashImage Read(ImageArgument image, ProviderPaths paths)
    {
        string name = image.Path ?? $"{image.Data!.Length} bytes";
        byte[] data = image.Data ?? InputFile.Read(paths.Resolve(image.Path!));
        return data.Length > 0
            ? new FlashImage(name, image.Address, data)
            : throw new ImageException(ErrorCode.ImageEmpty, $"'{name}' is empty.", "Build it again, or check the path.") { Target = name };
    }
}
