using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>How strict planning is, and what a plan is part of.</summary>
public sealed record EfusePlanOptions
{
    /// <summary>
    /// Refusals to lift, of <see cref="RefusalCatalog.EfuseBurn"/>; each id lifts only its own refusal, and is a warning then.
    /// </summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>
    /// What the procedure that this plan is a step of burns in later plans. A plan that locks what they need is refused
    /// (<see cref="ErrorCode.EfuseNeededLater"/>).
    /// </summary>
    public IReadOnlyCollection<EfuseRequest> Later { get; init; } = [];

    /// <summary>
    /// True when the procedure still has to talk to the chip's loader after this plan. A plan that takes the loader away or
    /// keeps it from reading eFuses is refused (<see cref="ErrorCode.LoaderNeededLater"/>). So it is when there is something
    /// in <see cref="Later"/>.
    /// </summary>
    public bool NeedsLoaderAfter { get; init; }
}
