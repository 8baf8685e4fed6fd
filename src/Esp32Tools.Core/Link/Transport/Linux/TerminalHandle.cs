using System;
using Microsoft.Win32.SafeHandles;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>A file descriptor that is closed even without a dispose: a forgotten session must not hold a port.</summary>
internal sealed class TerminalHandle : SafeHandleMinusOneIsInvalid
{
    internal TerminalHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle((IntPtr)descriptor);

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.Close(handle) == 0;
}
