using System.Collections.Immutable;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>A type as a signature has it. Two are the same when their texts are.</summary>
/// <param name="Text">The name, with type arguments, modifiers and dimensions; types by where they are defined.</param>
internal sealed record SignatureType(string Text)
{
    /// <summary>Where a class or value type is defined; null for all else, and for a type that is nowhere.</summary>
    public FoundType? Definition { get; init; }

    /// <summary>Its type arguments.</summary>
    public ImmutableArray<SignatureType> Arguments { get; init; } = [];

    /// <summary>True for an array of any kind: its methods are made by the runtime.</summary>
    public bool IsArray { get; init; }
}
