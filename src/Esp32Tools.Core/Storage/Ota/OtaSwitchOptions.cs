using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Storage.Ota;

/// <summary>How to choose which application boots.</summary>
public static class OtaSwitchOptions
{
    /// <summary>The refusals that can be lifted: that what is to boot is no application for this chip.</summary>
    public static IReadOnlyList<ErrorCode> Liftable { get; } =
        [ErrorCode.ImageInvalid, ErrorCode.ImageTruncated, ErrorCode.ImageForOtherChip, ErrorCode.ImageRevision];
}
