namespace Esp32Tools.FactoryData;

/// <summary>State of a file.</summary>
public enum FactoryFileState
{
    /// <summary>Already present, with the same content.</summary>
    Unchanged,

    /// <summary>Written.</summary>
    Written,
}
