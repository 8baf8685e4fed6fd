namespace Esp32Tools.FactoryData;

/// <summary>The rule that a table breaks.</summary>
public enum FactoryRule
{
    /// <summary>The text is no well-formed CSV, or a row has more or fewer fields than the header.</summary>
    Form,

    /// <summary>A column is missing, or there are two of the name.</summary>
    Column,

    /// <summary>There is no row.</summary>
    NoRow,

    /// <summary>A value is missing.</summary>
    Missing,

    /// <summary>A value is not of its type, too large or too long for it.</summary>
    Value,

    /// <summary>A number is not within the range of the schema.</summary>
    Range,

    /// <summary>A text does not match the pattern of the schema.</summary>
    Pattern,

    /// <summary>Two units have the same value, and may not.</summary>
    Duplicate,

    /// <summary>A row has another value than the first, which goes to all.</summary>
    Repeat,

    /// <summary>A value cannot be the name of a file.</summary>
    FileName,

    /// <summary>A file that a row names cannot be read.</summary>
    File,

    /// <summary>The values do not fit the partition.</summary>
    Size,

    /// <summary>A file that would be written exists, with other content.</summary>
    Exists,

    /// <summary>A key file cannot be used.</summary>
    Key,
}
