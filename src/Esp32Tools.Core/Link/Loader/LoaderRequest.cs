using System;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// A request with typed fields and its body in wire order. It knows nothing of ports and retries.
/// <code>
/// offset  0  1   2    4         8
///         00 op  len  checksum  body ...      little-endian; len counts the body
/// </code>
/// </summary>
public abstract class LoaderRequest
{
    /// <summary>The command byte.</summary>
    public abstract LoaderCommand Command { get; }

    /// <summary>Time limit for the answer.</summary>
    public virtual TimeSpan Timeout => LoaderTimeouts.Default;

    /// <summary>
    /// True when the request is safe to repeat after a lost answer: it reads, or sets a value again.
    /// </summary>
    public virtual bool IsRepeatable => false;

    /// <summary>Checksum in the header; zero for all commands except those that carry blocks.</summary>
    protected virtual uint Checksum => 0;

    /// <summary>Length of the data in the answer before the status, in bytes.</summary>
    public virtual int ReplyDataLength(LoaderDialect dialect) => 0;

    /// <summary>Length of the data in this answer in bytes, for commands whose answers vary in length.</summary>
    internal virtual int DataLengthOf(LoaderReply reply, LoaderDialect dialect) => ReplyDataLength(dialect);

    /// <summary>Description for a trace: the fields of the request, never secret ones.</summary>
    public abstract string Describe();

    /// <summary>The request as the payload of a frame.</summary>
    public byte[] ToPayload(LoaderDialect dialect)
    {
        var writer = new BodyWriter();
        WriteBody(writer, dialect);
        return writer.ToPayload(Command, Checksum);
    }

    /// <summary>Writes the body in wire order.</summary>
    protected abstract void WriteBody(BodyWriter body, LoaderDialect dialect);
}
