using Esp32Tools.Link.Loader;

namespace Esp32Tools.Core.Tests.Link.Loader;

/// <summary>A request of any command with any body: what a recording holds that Core has no class for.</summary>
internal sealed class RawRequest(LoaderCommand command, byte[] body) : LoaderRequest
{
    public override LoaderCommand Command => command;

    public override string Describe() => $"{body.Length} bytes";

    protected override void WriteBody(BodyWriter writer, LoaderDialect dialect) => writer.Bytes(body, 0, body.Length);
}
