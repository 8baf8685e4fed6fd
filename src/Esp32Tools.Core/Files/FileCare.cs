using System;

namespace Esp32Tools.Files;

/// <summary>Requirements of a file beyond being written whole.</summary>
[Flags]
public enum FileCare
{
    /// <summary>None: the file can be made again.</summary>
    None = 0,

    /// <summary>File and name are on the disk before the call returns.</summary>
    Durable = 1,

    /// <summary>Only its owner can read it, from the moment it exists.</summary>
    OwnerOnly = 2,

    /// <summary>Both, for a key or for values in plain text that must stay private.</summary>
    Secret = Durable | OwnerOnly,
}
