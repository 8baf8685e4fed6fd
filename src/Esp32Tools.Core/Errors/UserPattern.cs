using System;
using System.Text.RegularExpressions;

namespace Esp32Tools.Errors;

/// <summary>
/// Regular expressions of users: the one place that makes them. Some take exponential time on some texts, such as
/// <c>^(a+)+$</c>, so each match has a time limit.
/// </summary>
public static class UserPattern
{
    /// <summary>Time limit of one match; sound patterns take microseconds for a line or a cell.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Makes one from text.</summary>
    /// <param name="pattern">The text.</param>
    /// <param name="options">Options of the expression.</param>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Make(string pattern, RegexOptions options) => new(pattern, options, Patience);

    /// <summary>The same expression with the time limit, if it has none or a longer one.</summary>
    internal static Regex Limited(Regex made) =>
        made.MatchTimeout == Regex.InfiniteMatchTimeout || made.MatchTimeout > Patience ? new Regex(made.ToString(), made.Options, Patience) : made;

    /// <summary>True when it matches.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.PatternTimeout"/></exception>
    internal static bool IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TimedOut($"The pattern '{pattern}' did not come to an end within {Patience.TotalSeconds} s on '{text}'.");
        }
    }

    /// <summary>The failure of a pattern that takes too long.</summary>
    /// <param name="message">The pattern, and its text or the place of it.</param>
    internal static InputException TimedOut(string message) => new(
        ErrorCode.PatternTimeout, message, "Write it so that no text matches it in many ways: no repetition of a repetition, such as (a+)+.");
}
