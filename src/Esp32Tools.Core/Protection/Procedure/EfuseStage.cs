using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// A stage that burns eFuses in one burn. Its requests are planned twice: together with those of all other stages before
/// anything happens, and alone when its turn comes, because earlier burns have changed the chip.
/// </summary>
/// <param name="Name">Its kind, in one word.</param>
/// <param name="Text">Description of the action.</param>
/// <param name="Requests">The requests to burn. Keys in them are cleared with the procedure.</param>
internal sealed record EfuseStage(string Name, string Text, IReadOnlyList<EfuseRequest> Requests) : ProcedureStage(Name, Text)
{
    /// <summary>True when its key was made with the plan and would differ in the next plan.</summary>
    public bool MakesKey { get; init; }

    /// <summary>The requests for a plan that may never be carried out.</summary>
    public IEnumerable<EfuseRequest> Shown => Requests.Select(request => MakesKey && request is EfuseKeyRequest key ? key with { IsSample = true } : request);
}
