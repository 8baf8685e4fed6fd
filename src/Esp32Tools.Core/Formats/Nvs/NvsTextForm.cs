namespace Esp32Tools.Formats.Nvs;

/// <summary>How the text of a value is read.</summary>
internal enum NvsTextForm
{
    Number,
    Text,
    Hex,
    Base64,
    Binary,
    Fill,
    SizedFill,
}
