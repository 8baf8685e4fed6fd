using System.Threading;
using Esp32Tools.Errors;
using Esp32Tools.Loader;
using Esp32Tools.Loader.Messages;

namespace Esp32Tools.Flash;

/// <summary>Finds the loader again after a damaged exchange.</summary>
internal static class LoaderRecovery
{
    private const int Attempts = 10;

    /// <summary>
    /// Syncs until the loader answers. A stub that saw half a frame swallows the request behind it, so one sync is not enough.
    /// </summary>
    /// <returns>False when it does not answer any more.</returns>
    public static bool TryResynchronise(LoaderClient loader, CancellationToken cancellationToken)
    {
        var request = new SyncRequest();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                loader.Channel.Exchange(request, cancellationToken);
                loader.Recover(cancellationToken);
                return true;
            }
            catch (LoaderException)
            {
                loader.Recover(cancellationToken);
            }
        }

        return false;
    }
}
