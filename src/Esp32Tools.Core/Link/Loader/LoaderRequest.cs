using System;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// A request, with typed fields and its body in wire order. It knows no port and no retry.
/// <code>
/// offset  0  1   2    4         8
///         00 op  len  checksum  body ...      little-endian; len counts the body
/// </code>
/// </summary>
public abstract class LoaderRequest
{
    /// <summary>The byte that names the command.</summary>
    public abstract LoaderCommand Command { get; }

    /// <summary>How long the answer may take.</summary>
    public virtual TimeSpan Timeout => LoaderTimeouts.Default;

    /// <summary>
    /// True when the request can be sent again without harm if its answer was lost: it reads, or sets what is set already.
    /// </summary>
    public virtual bool IsRepeatable => false;

    /// <summary>Checksum in the header; zero for all commands but those that carry blocks.</summary>
    protected virtual uint Checksum => 0;

    /// <summary>Bytes of data in the answer, before the status.</summary>
    public virtual int ReplyDataLength(LoaderDialect dialect) => 0;

    /// <summary>Bytes of data in this answer, where it is the answer that tells.</summary>
    internal virtual int DataLengthOf(LoaderReply reply, LoaderDialect dialect) => ReplyDataLength(dialect);

    /// <summary>What the request does, for a trace: its fields, never secret ones.</summary>
    public abstract string Describe();

    /// <summary>The request as it goes into a frame.</summary>
    public byte[] ToPayload(LoaderDialect dialect)
    {
        var writer = new BodyWriter();
        WriteBody(writer, dialect);
        return writer.ToPayload(Command, Checksum);
    }

    /// <summary>Writes the body in wire order.</summary>
    protected abstract void WriteBody(BodyWriter body, LoaderDialect dialect);
}
