using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Finds the loader again after a damaged exchange.</summary>
internal static class LoaderRecovery
{
    private const int Attempts = 10;

    /// <summary>
    /// Syncs until the loader answers. A stub that saw half a frame swallows the request behind it, so one sync is not enough.
    /// </summary>
    /// <returns>False when it does not answer any more, or another answers in its place: the ROM where a stub ran.</returns>
    public static bool TryResynchronise(LoaderClient loader, CancellationToken cancellationToken)
    {
        var request = new SyncRequest();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                // A stub gives zero, a ROM never does (protocol notes, section 4).
                bool isStub = loader.Channel.Exchange(request, cancellationToken).Value == 0;
                loader.Recover(cancellationToken);
                return isStub == loader.Dialect.IsStub;
            }
            catch (LoaderException)
            {
                loader.Recover(cancellationToken);
            }
            catch (TransportException)
            {
                return false;
            }
        }

        return false;
    }
}
