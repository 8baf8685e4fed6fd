namespace Esp32Tools.Compat;

/// <summary>Kinds of JSON values.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    Text,
    List,
    Table,
}
