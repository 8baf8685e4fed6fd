using System.Collections.Generic;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Strictness of planning, and the procedure of the plan.</summary>
public sealed record EfusePlanOptions
{
    /// <summary>
    /// Refusals to lift, of <see cref="RefusalCatalog.EfuseBurn"/>; each id lifts only its own refusal, which becomes a warning.
    /// </summary>
    public IReadOnlyCollection<ErrorCode> Allow { get; init; } = [];

    /// <summary>
    /// Requests that later plans of the same procedure will burn. A plan that locks anything they need is refused
    /// (<see cref="ErrorCode.EfuseNeededLater"/>).
    /// </summary>
    public IReadOnlyCollection<EfuseRequest> Later { get; init; } = [];

    /// <summary>
    /// True when the procedure still needs the chip's loader after this plan. A plan that closes the loader or keeps it from
    /// reading eFuses is refused (<see cref="ErrorCode.LoaderNeededLater"/>). The same applies when <see cref="Later"/> is not
    /// empty.
    /// </summary>
    public bool NeedsLoaderAfter { get; init; }
}
