using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Chips.Tables;

/// <summary>The words for roles in tables, and numbered roles.</summary>
public static class EfuseRoles
{
    /// <summary>Number of digests that can be revoked one by one.</summary>
    public const int Digests = 3;

    private static readonly Lazy<IReadOnlyDictionary<string, EfuseRole>> s_byWord = new(() =>
        Enum.GetValues(typeof(EfuseRole)).Cast<EfuseRole>().ToDictionary(Word, StringComparer.Ordinal));

    /// <summary>The role of the field that revokes a secure boot digest.</summary>
    /// <param name="number">Number of the digest, from 0.</param>
    public static EfuseRole DigestRevoke(int number) => number is >= 0 and < Digests
        ? EfuseRole.DigestRevoke0 + number
        : throw new ArgumentOutOfRangeException(nameof(number));

    /// <summary>Finds the role of a table's word; false when there is none.</summary>
    internal static bool TryParse(string word, out EfuseRole role) => s_byWord.Value.TryGetValue(word, out role);

    /// <summary>The word for a role: <c>encryption-count</c> for <see cref="EfuseRole.EncryptionCount"/>.</summary>
    internal static string Word(EfuseRole role) => string.Concat(
        role.ToString().Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
