using System;
using System.Collections.Generic;
using System.Text;

namespace Esp32Tools.Crypto.Keys;

/// <summary>Blocks of PEM (RFC 7468), with the headers of OpenSSL's own encryption.</summary>
internal sealed class PemText
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    private PemText(string label, string body)
    {
        Label = label;
        HasHeaders = body.IndexOf(':') >= 0;
        Body = body;
    }

    /// <summary>Label of the block.</summary>
    public string Label { get; }

    /// <summary>True for OpenSSL's encryption from before PKCS#8.</summary>
    public bool HasHeaders { get; }

    private string Body { get; }

    /// <summary>The blocks of a file, in order. A beginning without an end of the same label is passed over.</summary>
    public static IEnumerable<PemText> Blocks(byte[] file)
    {
        string text = Encoding.ASCII.GetString(file);
        string? label = null;
        int body = 0;

        // Line by line and never back: a file of many beginnings is read once.
        for (int line = 0, next; line < text.Length; line = next)
        {
            int end = text.IndexOf('\n', line);
            next = end < 0 ? text.Length : end + 1;
            if (LabelOf(text, line, next, Begin) is string begun)
            {
                label = begun;
                body = next;
            }
            else if (LabelOf(text, line, next, End) is string ended)
            {
                if (ended == label)
                {
                    yield return new PemText(label, text.Substring(body, line - body));
                }

                label = null;
            }
        }
    }

    private static string? LabelOf(string text, int line, int next, string prefix)
    {
        if (string.CompareOrdinal(text, line, prefix, 0, prefix.Length) != 0)
        {
            return null;
        }

        int label = line + prefix.Length;
        string rest = text.Substring(label, next - label).TrimEnd(' ', '\t', '\r', '\n');
        return rest.Length > Dashes.Length && rest.EndsWith(Dashes, StringComparison.Ordinal) ? rest.Substring(0, rest.Length - Dashes.Length) : null;
    }

    /// <summary>The decoded bytes of the block.</summary>
    /// <exception cref="DerException">It is not Base64.</exception>
    public byte[] Decode()
    {
        try
        {
            return Convert.FromBase64String(Body);
        }
        catch (FormatException)
        {
            throw new DerException("it is not Base64");
        }
    }

    /// <summary>A block as a file: lines of 64 characters, each ended by a line feed.</summary>
    public static byte[] Encode(string label, byte[] content)
    {
        const int Width = 64;
        char[] letters = new char[(content.Length + 2) / 3 * 4];
        Convert.ToBase64CharArray(content, 0, content.Length, letters, 0);
        List<byte> file = new(letters.Length + (letters.Length / Width) + 80);
        file.AddRange(Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\n"));
        for (int i = 0; i < letters.Length; i++)
        {
            file.Add((byte)letters[i]);
            if (i % Width == Width - 1 || i == letters.Length - 1)
            {
                file.Add((byte)'\n');
            }
        }

        file.AddRange(Encoding.ASCII.GetBytes($"-----END {label}-----\n"));
        byte[] whole = file.ToArray();
        for (int i = 0; i < file.Count; i++)
        {
            file[i] = 0;
        }

        Array.Clear(letters, 0, letters.Length);
        return whole;
    }
}
