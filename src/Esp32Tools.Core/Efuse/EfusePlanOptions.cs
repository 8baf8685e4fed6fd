namespace Esp32Tools.Efuse;

/// <summary>How strict planning is.</summary>
public sealed record EfusePlanOptions
{
    /// <summary>
    /// Lifts what a person may know better: a value that lacks bits which are set already, a Reed-Solomon block that is
    /// not empty, reading protection of a user block. Never lifts write protection, key lengths, purposes that the
    /// hardware cannot use, a key block that holds another key, or reading of a digest.
    /// </summary>
    public bool Force { get; init; }
}
