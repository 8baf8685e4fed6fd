using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace Esp32Tools.Crypto.Keys;

/// <summary>Blocks of PEM (RFC 7468), with the headers of OpenSSL's own encryption.</summary>
internal sealed class PemText
{
    private static readonly Regex s_block = new(
        @"^-----BEGIN (?<label>[A-Z0-9 ]+)-----[ \t]*\r?\n(?<body>.*?)^-----END \k<label>-----[ \t]*\r?$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant);

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

    /// <summary>The blocks of a file, in order.</summary>
    public static IEnumerable<PemText> Blocks(byte[] file)
    {
        foreach (Match match in s_block.Matches(Encoding.ASCII.GetString(file)))
        {
            yield return new PemText(match.Groups["label"].Value, match.Groups["body"].Value);
        }
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
