using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using Esp32Tools.Errors;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// Tells the path of a key file from a key that stands in its place. Text that may be a key goes into no message: once it is
/// there, it is in transcripts and logs as well.
/// </summary>
internal static class KeyText
{
    private const string PemBegin = "-----BEGIN ";
    private const int LongestPath = 4096;
    private const int ShortestDigits = 32;

    // Characters of base64 without padding: of keys of 16 and 24 bytes, of one of 32, and of the last line of a key in PEM form.
    private static readonly int[] s_shortBase64 = [22, 32];
    private const int LongBase64 = 43;
    private const int LineBase64 = 20;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly Regex s_extension = new(@"^[^=]*\.[A-Za-z][A-Za-z0-9]{0,7}$", RegexOptions.None, s_patience);
    private static readonly Regex s_separators = new(@"0x|\\x|[\s:,;_-]", RegexOptions.IgnoreCase, s_patience);
    private static readonly Regex s_digits = new($"[0-9A-Fa-f]{{{ShortestDigits}}}", RegexOptions.None, s_patience);
    private static readonly Regex s_numbers = new(@"(?:\d{1,3}[\s,;]+){15}\d{1,3}", RegexOptions.None, s_patience);
    private static readonly Regex s_base64 = new("^[A-Za-z0-9+/_-]+={0,2}$", RegexOptions.None, s_patience);

    /// <summary>The key that text names or is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="paths">Paths as the session sees them.</param>
    public static KeyArgument Read(string text, ProviderPaths paths) =>
        paths.IsFile(text) ? new KeyArgument(text) { IsLiteral = true }
        : IsPem(text) ? new KeyArgument(Encoding.UTF8.GetBytes(text))
        : LooksLikeKey(text) ? new KeyArgument(AsText())
        : new KeyArgument(text);

    /// <summary>The key that a secret text is: PEM, or hexadecimal digits.</summary>
    public static KeyArgument Read(SecureString secret)
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            string text = Marshal.PtrToStringUni(copy)!;
            return IsPem(text) ? new KeyArgument(Encoding.UTF8.GetBytes(text))
                : FromDigits(text) is { } bytes ? new KeyArgument(bytes)
                : new KeyArgument(new InputException(
                    ErrorCode.KeyFileInvalid, "The SecureString holds no key.", "A key is text in PEM form there, or hexadecimal digits."));
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
        }
    }

    /// <summary>True for text in PEM form.</summary>
    public static bool IsPem(string text) => text.Contains(PemBegin);

    /// <summary>True for text that may be a key, or a part of one.</summary>
    public static bool LooksLikeKey(string text) =>
        IsPem(text) || text.Any(char.IsControl) || text.Length > LongestPath || s_numbers.IsMatch(text)
        || (!s_extension.IsMatch(text) && (s_digits.IsMatch(s_separators.Replace(text, string.Empty)) || IsBase64(text.Trim())));

    /// <summary>Why text in the place of a port is not shown and not used; null for the name of a port, be there one or not.</summary>
    public static InputException? RefusePort(string text) =>
        IsPem(text) || (LooksLikeKey(text) && !PortText.IsName(text) && !File.Exists(text))
            ? new InputException(
                ErrorCode.KeyAsText,
                "The text in the place of a port has not the form of its name, and it looks like a key, so it is not shown.",
                "Give the name of a port, or a session, and the key in its own parameter.")
            : null;

    private static bool IsBase64(string text)
    {
        int length = text.TrimEnd('=').Length;
        bool isMixed = text.Any(char.IsUpper) && text.Any(char.IsLower) && text.Any(char.IsDigit);
        return s_base64.IsMatch(text)
            && (length >= LongBase64 || s_shortBase64.Contains(length) || (length >= LineBase64 && (isMixed || length < text.Length)));
    }

    /// <summary>The bytes that hexadecimal digits are, with or without separators; null when they are none.</summary>
    public static byte[]? FromDigits(string text)
    {
        string digits = s_separators.Replace(text, string.Empty);
        return digits.Length > 0 && digits.Length % 2 == 0 && digits.All(Uri.IsHexDigit)
            ? [.. Enumerable.Range(0, digits.Length / 2).Select(i => Convert.ToByte(digits.Substring(2 * i, 2), 16))]
            : null;
    }

    private static InputException AsText() => new(
        ErrorCode.KeyAsText,
        "The text is the path of no file, and it looks like a key, so it is not shown.",
        "Give the path of a file that exists, the bytes of the key, text in PEM form, or hexadecimal digits as a SecureString.");
}
