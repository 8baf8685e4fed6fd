using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security;
using Esp32Tools.FactoryData;
using Esp32Tools.Formats.Nvs;
using Esp32Tools.PowerShell.Results;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The forms in which a key is taken, by every cmdlet alike.</summary>
internal static class KeyForms
{
    /// <summary>The one key that an object is, or names.</summary>
    /// <param name="data">The object.</param>
    /// <param name="session">The session, which knows where files are.</param>
    /// <exception cref="ArgumentTransformationMetadataException">It is nothing of the kind. The message does not show it.</exception>
    public static KeyArgument One(object? data, SessionState session) => Arguments.BaseOf(data) switch
    {
        KeyArgument key => key,
        string text when text.Trim().Length > 0 => KeyText.Read(text, new ProviderPaths(session)),
        SecureString secret => KeyText.Read(secret),
        FileSystemInfo file => File(file.FullName),
        FlashKeyFile file => File(file.Path),
        NvsKeyFile file => File(file.Path),
        SigningKeyDigest { Path: string path } => File(path),
        SigningKeyDigest digest => new KeyArgument(KeyText.FromDigits(digest.Digest)!),
        FactoryDataItem { KeyPath: string path } => File(path),
        FactoryDataImage image when image.GetHmacKey() is { } own => new KeyArgument(own.ToBytes()),
        FactoryDataImage image when image.GetKey() is { } own => new KeyArgument(own.ToFileBytes()),
        byte[] bytes => new KeyArgument(bytes),
        NvsHmacKey hmac => new KeyArgument(hmac.ToBytes()),
        NvsKey nvs => new KeyArgument(nvs.ToFileBytes()),
        IList list => OfList([.. list.Cast<object?>().Select(Arguments.BaseOf)], session),
        _ => throw NoKey(),
    };

    /// <summary>The keys that an object or a list of them is.</summary>
    /// <inheritdoc cref="One"/>
    public static KeyArgument[] Several(object? data, SessionState session)
    {
        object?[] items = [.. Arguments.Items(data).Select(Arguments.BaseOf)];
        return items.Length > 1 && (AsBytes(items) is not null || IsLines(items)) ? [OfList(items, session)] : [.. items.Select(item => One(item, session))];
    }

    private static KeyArgument File(string path) => new(path) { IsLiteral = true };

    private static KeyArgument OfList(object?[] items, SessionState session) =>
        items.Length == 1 && items[0] is not IList ? One(items[0], session)
        : AsBytes(items) is { } bytes ? new KeyArgument(bytes)
        : IsLines(items) ? One(string.Join("\n", items) + "\n", session)
        : throw NoKey();

    // Slices of byte arrays are lists of objects to PowerShell, and so are numbers that are typed.
    private static byte[]? AsBytes(object?[] items)
    {
        List<byte> bytes = [];
        foreach (object? item in items)
        {
            if (item is byte or int or long && System.Convert.ToInt64(item, null) is >= 0 and <= byte.MaxValue and long value)
            {
                bytes.Add((byte)value);
            }
            else
            {
                return null;
            }
        }

        return bytes.Count > 0 ? [.. bytes] : null;
    }

    // Get-Content gives a file line by line.
    private static bool IsLines(object?[] items) =>
        items.All(item => item is string line && line.IndexOf('\n') < 0) && items.Any(item => KeyText.IsPem((string)item!));

    // The object may be a key in another form, and goes into no message.
    private static ArgumentTransformationMetadataException NoKey() => Arguments.CannotConvert(
        "A key is the path of a file that holds it, an array of bytes, text in PEM form, a SecureString, or an object of this module that has one.");
}
