namespace Esp32Tools.Simulator.Loader;

/// <summary>The state of an <see cref="Inflater"/> after a piece of the stream.</summary>
internal enum InflateResult
{
    /// <summary>It needs more data.</summary>
    NeedsInput,

    /// <summary>The stream has ended and its check value is right.</summary>
    Done,

    /// <summary>The data is not a deflate stream.</summary>
    BadData,

    /// <summary>The stream has ended and its Adler-32 is wrong.</summary>
    BadCheck,
}
