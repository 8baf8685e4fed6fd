using System;
using System.Globalization;
using Esp32Tools.Errors;
using Esp32Tools.Formats.Nvs;

namespace Esp32Tools.FactoryData;

/// <summary>The value of one unit for one key.</summary>
internal sealed class FactoryValue
{
    private FactoryValue(FactoryField field, object value, string text, bool isBytes)
    {
        Field = field;
        Item = NvsItem.Of(field.Namespace, field.Key, field.Encoding.Type, value);
        Text = text;
        IsBytes = isBytes;
    }

    /// <summary>The field of the value.</summary>
    public FactoryField Field { get; }

    /// <summary>The value for NVS.</summary>
    public NvsItem Item { get; }

    /// <summary>The text of the cell; base64 for bytes.</summary>
    public string Text { get; }

    /// <summary>A key that is equal for two values only when they are equal.</summary>
    public string Identity => Item.Value switch
    {
        byte[] bytes => Convert.ToBase64String(bytes),
        string text => text,
        object number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
    };

    private bool IsBytes { get; }

    /// <summary>Reads a cell that is not blank.</summary>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsItemInvalid"/>, and the exceptions of reading a file.</exception>
    public static FactoryValue Read(FactoryField field, object cell, Func<string, byte[]>? readFile)
    {
        NvsEncoding encoding = field.Encoding;
        if (cell is byte[] bytes && encoding.Type == NvsType.Blob)
        {
            bool isFill = encoding.Form is NvsTextForm.Fill or NvsTextForm.SizedFill;
            byte[] blob = isFill ? (byte[])NvsValue.FromFile(encoding, bytes) : bytes;
            return new FactoryValue(field, blob, Convert.ToBase64String(blob), isBytes: true);
        }

        if (field.IsFile)
        {
            string path = cell as string ?? throw NvsErrors.Rule("The value is no path of a file.", "Give a path.");
            byte[] content = readFile is null ? throw NvsErrors.Rule("Files cannot be read from here.", "Give the value itself.") : readFile(path);
            return new FactoryValue(field, NvsValue.FromFile(encoding, content), path, isBytes: false);
        }

        if (NvsNumber.Is(encoding.Type))
        {
            object number = NvsNumber.Convert(encoding.Type, cell);
            return new FactoryValue(field, number, cell as string ?? Convert.ToString(number, CultureInfo.InvariantCulture)!, isBytes: false);
        }

        // Digits that became a number have lost their leading zeros: this matters for text, and would be wrong for hexadecimal
        // digits.
        string text = (encoding.Type == NvsType.String ? FactoryText.Of(cell) : cell as string) ?? throw NvsErrors.Rule(
            $"A value for {encoding} cannot be made from a {cell.GetType().Name}.", encoding.Type == NvsType.String ? "Give it as text." : "Give it as text, or as an array of bytes.");
        return new FactoryValue(field, NvsValue.Parse(encoding, text), text, isBytes: false);
    }

    /// <summary>The same value for another namespace.</summary>
    public NvsItem ItemIn(string nameSpace) => nameSpace == Item.Namespace ? Item : NvsItem.Of(nameSpace, Item.Key, Item.Type, Item.Value);

    /// <summary>Its line in the CSV that the vendor's generator reads.</summary>
    public string[] ToCsvFields() =>
        [Field.Key, Field.IsFile && !IsBytes ? "file" : "data", IsBytes ? "base64" : Field.Encoding.Name, Text];
}
