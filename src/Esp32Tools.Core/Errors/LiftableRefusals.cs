using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Errors;

/// <summary>The refusals that a user can lift in one operation, by their error codes.</summary>
public sealed class LiftableRefusals
{
    internal LiftableRefusals(params ErrorCode[] codes) => Codes = codes;

    /// <summary>The codes.</summary>
    public IReadOnlyList<ErrorCode> Codes { get; }

    /// <summary>True when the refusal can be lifted.</summary>
    public bool Contains(ErrorCode code) => Codes.Contains(code);

    /// <summary>The given codes that can be lifted here: a part of an operation takes them over from the whole.</summary>
    public IReadOnlyCollection<ErrorCode> Among(IEnumerable<ErrorCode> codes) => [.. codes.Where(Contains).Distinct()];

    /// <summary>Takes error ids as text.</summary>
    /// <param name="ids">Names of error codes, in any case.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: there is none, or one is not a liftable refusal.</exception>
    public IReadOnlyCollection<ErrorCode> Parse(IReadOnlyCollection<string?> ids) => ids.Count == 0
        ? throw NotLiftable(string.Empty)
        : [.. ids.Select(id => Find(id) ?? throw NotLiftable(id ?? string.Empty))];

    /// <summary>Makes sure that all given codes can be lifted.</summary>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: one cannot.</exception>
    public void Require(IEnumerable<ErrorCode> codes)
    {
        foreach (ErrorCode code in codes.Where(code => !Contains(code)))
        {
            throw NotLiftable(code.ToString());
        }
    }

    // By name alone: a number would be accepted as a code as well, which nobody intends.
    private ErrorCode? Find(string? id) => Codes
        .Where(code => string.Equals(code.ToString(), id?.Trim(), StringComparison.OrdinalIgnoreCase))
        .Select(code => (ErrorCode?)code)
        .FirstOrDefault();

    private Esp32Exception NotLiftable(string id) => new(
        ErrorCode.ValueInvalid,
        id.Trim().Length == 0 ? "No refusal to lift was named." : $"'{id}' is no refusal that can be lifted here.",
        $"These can: {string.Join(", ", Codes)}.")
    { Target = id };
}
