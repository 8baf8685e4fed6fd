using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Errors;

/// <summary>Refusals that somebody wants lifted, each by its error code and no other.</summary>
public static class LiftedRefusals
{
    /// <summary>Takes error ids as text.</summary>
    /// <param name="ids">Names of error codes, in any case.</param>
    /// <param name="liftable">What can be lifted.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: one is none of these.</exception>
    public static IReadOnlyCollection<ErrorCode> Parse(IEnumerable<string> ids, IReadOnlyList<ErrorCode> liftable) =>
        ids.Select(id => Find(id, liftable) ?? throw NotLiftable(id, liftable)).ToArray();

    /// <summary>Makes sure that all of them can be lifted.</summary>
    /// <param name="codes">What is to be lifted.</param>
    /// <param name="liftable">What can be lifted.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: one cannot.</exception>
    public static void Require(IEnumerable<ErrorCode> codes, IReadOnlyList<ErrorCode> liftable)
    {
        foreach (ErrorCode code in codes.Where(code => !liftable.Contains(code)))
        {
            throw NotLiftable(code.ToString(), liftable);
        }
    }

    // By name alone: a number would be taken as a code as well, and nobody means that.
    private static ErrorCode? Find(string id, IReadOnlyList<ErrorCode> liftable) => liftable
        .Where(code => string.Equals(code.ToString(), id, StringComparison.OrdinalIgnoreCase))
        .Select(code => (ErrorCode?)code)
        .FirstOrDefault();

    private static Esp32Exception NotLiftable(string id, IReadOnlyList<ErrorCode> liftable) => new(
        ErrorCode.ValueInvalid,
        $"'{id}' is no refusal that can be lifted.",
        $"These can: {string.Join(", ", liftable)}.")
    { Target = id };
}
