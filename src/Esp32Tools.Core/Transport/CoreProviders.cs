namespace Esp32Tools.Transport;

/// <summary>The kinds of port that Core itself opens.</summary>
internal static class CoreProviders
{
    internal static ITransportProvider[] All { get; } = [];
}
