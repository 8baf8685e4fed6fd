using System;

namespace Esp32Tools.Files;

/// <summary>What a file needs beyond being written whole.</summary>
[Flags]
public enum FileCare
{
    /// <summary>Nothing: it can be made again.</summary>
    None = 0,

    /// <summary>It is on the disk itself, file and name, before the call returns.</summary>
    Durable = 1,

    /// <summary>Its owner alone can read it, from the moment it exists.</summary>
    OwnerOnly = 2,

    /// <summary>A key, or values in plain text that belong to nobody else: both.</summary>
    Secret = Durable | OwnerOnly,
}
