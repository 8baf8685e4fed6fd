namespace Esp32Tools.Link.Loader;

/// <summary>A request whose answer means something.</summary>
/// <typeparam name="TReply">What the answer says.</typeparam>
public abstract class LoaderQuery<TReply> : LoaderRequest
{
    /// <summary>Reads the answer.</summary>
    public abstract TReply ReadReply(LoaderReply reply, LoaderDialect dialect);
}
