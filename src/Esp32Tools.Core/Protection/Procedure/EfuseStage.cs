using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Plan;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// A stage that burns eFuses in one go. Its requests are planned twice: together with those of all other stages before
/// anything happens, and alone when its turn comes, because what was burned before has changed the chip.
/// </summary>
/// <param name="Name">What it is, in one word.</param>
/// <param name="Text">What it does, in words.</param>
/// <param name="Requests">What is to be burned. Keys in them are cleared with the procedure.</param>
internal sealed record EfuseStage(string Name, string Text, IReadOnlyList<EfuseRequest> Requests) : ProcedureStage(Name, Text)
{
    /// <summary>True when its key was made with the plan, and would be another one in the next.</summary>
    public bool MakesKey { get; init; }

    /// <summary>The requests as a plan shows them that may never be carried out.</summary>
    public IEnumerable<EfuseRequest> Shown => Requests.Select(request => MakesKey && request is EfuseKeyRequest key ? key with { IsSample = true } : request);
}
