namespace Esp32Tools.FactoryData;

/// <summary>The rule that a table breaks.</summary>
public enum FactoryRule
{
    /// <summary>The text is not well-formed CSV, or a row has more or fewer fields than the header.</summary>
    Form,

    /// <summary>A column is missing, or two have the same name.</summary>
    Column,

    /// <summary>The table has no rows.</summary>
    NoRow,

    /// <summary>A value is missing.</summary>
    Missing,

    /// <summary>A value is invalid, too large or too long for its type.</summary>
    Value,

    /// <summary>A number is outside the range of the schema.</summary>
    Range,

    /// <summary>A text does not match the pattern of the schema.</summary>
    Pattern,

    /// <summary>Two units share a value that must be unique.</summary>
    Duplicate,

    /// <summary>A row differs from the first row, whose value applies to all.</summary>
    Repeat,

    /// <summary>A value cannot be a file name.</summary>
    FileName,

    /// <summary>A file that a row names cannot be read.</summary>
    File,

    /// <summary>The values do not fit the partition.</summary>
    Size,

    /// <summary>A file to write already exists with different content.</summary>
    Exists,

    /// <summary>A key file cannot be used.</summary>
    Key,
}
