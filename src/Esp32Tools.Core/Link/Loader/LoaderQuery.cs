namespace Esp32Tools.Link.Loader;

/// <summary>A request whose answer carries a result.</summary>
/// <typeparam name="TReply">The result.</typeparam>
public abstract class LoaderQuery<TReply> : LoaderRequest
{
    /// <summary>Reads the result from the answer.</summary>
    public abstract TReply ReadReply(LoaderReply reply, LoaderDialect dialect);
}
