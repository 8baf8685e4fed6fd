namespace Esp32Tools.PowerShell.Commands.Factory;

/// <summary>What was done with a file.</summary>
public enum FactoryFileState
{
    /// <summary>It was there, with the same content.</summary>
    Unchanged,

    /// <summary>It was written.</summary>
    Written,
}
