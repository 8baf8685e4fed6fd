using System;
using System.Collections.Generic;
using System.Text;

namespace Esp32Tools.Formats.Images.Flasher;

/// <summary>
/// Reads command line arguments, as ESP-IDF writes them to <c>flash_args</c>:
/// <code>
/// --flash_mode dio --flash_freq 80m --flash_size 4MB
/// 0x1000 bootloader/bootloader.bin
/// 0x10000 "my app.bin"
/// </code>
/// Words are separated by blanks and line ends; single and double quotes keep blanks together.
/// </summary>
internal static class FlasherTextReader
{
    public static void Read(string text, FlasherArgumentsBuilder builder)
    {
        List<(string Word, int Line)> words = Split(text, builder);
        bool encrypts = false;
        int i = 0;
        while (i < words.Count)
        {
            (string word, int line) = words[i++];
            string Next(string what) => i < words.Count ? words[i++].Word : throw builder.Invalid(line, what);
            if (word is "--encrypt-files" or "--encrypt_files")
            {
                // Every pair of address and file up to the next option.
                encrypts = true;
            }
            else if (word.StartsWith("-", StringComparison.Ordinal))
            {
                encrypts = false;
                builder.TakeOption(word, () => Next($"has the option '{word}' without its value"), line);
            }
            else if (word is not ("write_flash" or "write-flash"))
            {
                uint address = FlasherArgumentsBuilder.TryReadAddress(word, out uint number)
                    ? number
                    : throw builder.Invalid(line, $"has '{word}' where an option or a flash address should be");
                builder.TakeFile(address, Next($"has the address {word} without a file"), encrypts, line);
            }
        }
    }

    private static List<(string Word, int Line)> Split(string text, FlasherArgumentsBuilder builder)
    {
        List<(string Word, int Line)> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        int line = 1;
        int start = 1;
        foreach (char letter in text)
        {
            if (quote != '\0' ? letter == quote : letter is '"' or '\'')
            {
                start = word is null ? line : start;
                word ??= new StringBuilder();
                quote = quote != '\0' ? '\0' : letter;
            }
            else if (quote == '\0' && char.IsWhiteSpace(letter))
            {
                Finish();
            }
            else
            {
                start = word is null ? line : start;
                word = (word ?? new StringBuilder()).Append(letter);
            }

            line += letter == '\n' ? 1 : 0;
        }

        if (quote != '\0')
        {
            throw builder.Invalid(start, $"opens a quotation with {quote} that does not end");
        }

        Finish();
        return words;

        void Finish()
        {
            if (word is not null)
            {
                words.Add((word.ToString(), start));
                word = null;
            }
        }
    }
}
