namespace Esp32Tools.Formats.Nvs;

/// <summary>Form of a value's text.</summary>
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
