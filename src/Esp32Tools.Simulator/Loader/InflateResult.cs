namespace Esp32Tools.Simulator.Loader;

/// <summary>How far an <see cref="Inflater"/> got with what it was given.</summary>
internal enum InflateResult
{
    /// <summary>It wants more.</summary>
    NeedsInput,

    /// <summary>The stream is over and its check value fits.</summary>
    Done,

    /// <summary>This is no deflate stream.</summary>
    BadData,

    /// <summary>The stream is over and its Adler-32 does not fit.</summary>
    BadCheck,
}
