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
    /// <exception cref="LoaderException">It does not answer any more.</exception>
    public static void Resynchronise(LoaderClient loader, CancellationToken cancellationToken)
    {
        var request = new SyncRequest();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                loader.Channel.Exchange(request, cancellationToken);
                loader.Recover(cancellationToken);
                return;
            }
            catch (LoaderException) when (attempt < Attempts)
            {
                loader.Recover(cancellationToken);
            }
        }
    }
}
