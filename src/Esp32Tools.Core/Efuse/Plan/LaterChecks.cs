using System.Linq;
using Esp32Tools.Chips.Tables;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>
/// Keeps a plan from blocking later steps of its procedure. Within one plan there is nothing to check: locks come last (see
/// <see cref="EfuseBurnPhase"/>).
/// </summary>
internal static class LaterChecks
{
    public static void Check(EfuseBurnQueue queue)
    {
        EfusePlanOptions options = queue.Options;
        if (options.Later.Count > 0)
        {
            CheckLaterRequests(queue);
        }

        if (options.NeedsLoaderAfter || options.Later.Count > 0)
        {
            CheckLoader(queue);
        }
    }

    // Later requests are planned on the state after this burn, with its locks in effect.
    private static void CheckLaterRequests(EfuseBurnQueue queue)
    {
        EfuseSnapshot after = queue.TakeSnapshotAfter();
        try
        {
            using EfusePlan later = EfusePlanner.Plan(after, queue.Options.Later, new EfusePlanOptions { Allow = queue.Options.Allow });
            foreach (EfuseException locked in later.Refusals.Where(refusal => refusal.Code is ErrorCode.EfuseWriteProtected or ErrorCode.EfuseReadProtected))
            {
                queue.Refuse(new EfuseException(
                    ErrorCode.EfuseNeededLater,
                    $"A later step burns {locked.Target}, and could not any more after this one: {locked.Message}",
                    "Protect it in the last step that burns it.")
                { Target = locked.Target });
            }
        }
        finally
        {
            after.Clear();
        }
    }

    private static void CheckLoader(EfuseBurnQueue queue)
    {
        EfuseField? closing = queue.Snapshot.Table.Fields.FirstOrDefault(field => Closes(queue, field)
            && queue.Snapshot.GetNumber(field) == 0
            && queue.NumberAfter(field) != 0);
        if (closing is not null)
        {
            queue.Refuse(new EfuseException(
                ErrorCode.LoaderNeededLater,
                $"{closing.Name} takes away the loader of the {queue.Chip.Name}, which later steps need.",
                "Burn it in the last step of all.")
            { Target = closing.Name });
        }
    }

    // On the ESP32, disabling the loader takes effect with the next connection and is not part of the last phase.
    private static bool Closes(EfuseBurnQueue queue, EfuseField field) => field.Role == EfuseRole.DownloadDisable
        ? queue.Snapshot.Revision >= queue.Chip.Security.DownloadDisabledMinRevision
        : field.Phase == EfuseBurnPhase.Last;
}
