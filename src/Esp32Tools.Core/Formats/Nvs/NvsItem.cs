using System;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>One value for NVS, or a namespace that may stay empty.</summary>
public sealed record NvsItem
{
    private NvsItem(string nameSpace, string key, NvsType type, object value)
    {
        Namespace = nameSpace;
        Key = key;
        Type = type;
        Value = value;
    }

    /// <summary>The namespace, 1 to 15 bytes.</summary>
    public string Namespace { get; }

    /// <summary>The key, 1 to 15 bytes; empty for a namespace.</summary>
    public string Key { get; }

    /// <summary>Type of the value.</summary>
    public NvsType Type { get; }

    /// <summary>
    /// The value: <see cref="byte"/> to <see cref="long"/> depending on the type, <see cref="string"/>, or an array of bytes; for a
    /// namespace its name.
    /// </summary>
    public object Value { get; }

    /// <summary>A value whose .NET type determines its NVS type. A <see cref="bool"/> is 0 or 1 in 8 bits.</summary>
    /// <param name="nameSpace">The namespace.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">An integer of 8 to 64 bits, a bool, a string or an array of bytes.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem Of(string nameSpace, string key, object value)
    {
        RequireNames(nameSpace, key);
        object typed = value is bool flag ? (byte)(flag ? 1 : 0) : value;
        return Checked(nameSpace, key, () => new NvsItem(nameSpace, key, NvsValue.TypeOf(typed), NvsValue.Require(typed)));
    }

    /// <summary>A value of a given type; numbers are converted to it if they fit.</summary>
    /// <param name="nameSpace">The namespace.</param>
    /// <param name="key">The key.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">An integer or its decimal text, a string, or an array of bytes.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem Of(string nameSpace, string key, NvsType type, object value)
    {
        RequireNames(nameSpace, key);
        return Checked(nameSpace, key, () => new NvsItem(nameSpace, key, type, NvsValue.Convert(type, value)));
    }

    /// <summary>A value as in the vendor's CSV: text with an encoding.</summary>
    /// <param name="nameSpace">The namespace.</param>
    /// <param name="key">The key.</param>
    /// <param name="encoding">Encoding of the text.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem Of(string nameSpace, string key, NvsEncoding encoding, string text)
    {
        RequireNames(nameSpace, key);
        return Checked(nameSpace, key, () => new NvsItem(nameSpace, key, encoding.Type, NvsValue.Parse(encoding, text)));
    }

    /// <summary>A namespace; it exists even when it stays empty.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/></exception>
    public static NvsItem ForNamespace(string name)
    {
        NvsNames.Require(name, "namespace");
        return new NvsItem(name, string.Empty, NvsType.Namespace, name);
    }

    /// <summary>Namespace, key and type; the value may be a secret.</summary>
    public override string ToString() => Type == NvsType.Namespace ? Namespace : $"{Namespace}/{Key} ({Type})";

    private static void RequireNames(string nameSpace, string key)
    {
        NvsNames.Require(nameSpace, "namespace");
        NvsNames.Require(key, "key", $" in the namespace '{nameSpace}'");
    }

    private static NvsItem Checked(string nameSpace, string key, Func<NvsItem> make)
    {
        try
        {
            return make();
        }
        catch (InputException error)
        {
            throw NvsErrors.At($"{nameSpace}/{key}", error, $"{nameSpace}/{key}");
        }
    }
}
