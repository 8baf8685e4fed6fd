using System.Runtime.InteropServices;
using Xunit;

namespace Esp32Tools.Tests.Shared;

/// <summary>A test that needs pseudo-terminals or sysfs links.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux))
        {
            Skip = "Needs Linux.";
        }
    }
}
