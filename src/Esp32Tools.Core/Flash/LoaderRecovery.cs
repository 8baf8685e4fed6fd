using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Link.Loader;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Regains contact with the loader after a damaged exchange.</summary>
internal static class LoaderRecovery
{
    private const int Attempts = 10;

    /// <summary>
    /// Syncs until the loader answers. A stub that received half a frame swallows the request after it, so one sync is not enough.
    /// </summary>
    /// <returns>False when the loader no longer answers, or another one does: the ROM where a stub ran.</returns>
    public static bool TryResynchronise(LoaderClient loader, CancellationToken cancellationToken)
    {
        var request = new SyncRequest();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                // A stub answers with zero, a ROM never does (protocol.md, section 4).
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
