using System;
using System.Collections.Generic;
using System.Linq;

namespace Esp32Tools.Errors;

/// <summary>Runs checks whose refusals can be lifted, each by its code and no other.</summary>
/// <param name="liftable">The refusals that can be lifted.</param>
/// <param name="allowed">Those that are.</param>
internal sealed class Refusals(IReadOnlyList<ErrorCode> liftable, IReadOnlyCollection<ErrorCode> allowed)
{
    /// <summary>Runs a check. A refusal that was lifted does not happen; one that could be says so.</summary>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (Esp32Exception error) when (liftable.Contains(error.Code))
        {
            if (!allowed.Contains(error.Code))
            {
                error.IsLiftable = true;
                throw;
            }
        }
    }

    /// <summary>Refuses, unless that is lifted.</summary>
    public void Refuse(Esp32Exception refusal) => Check(() => throw refusal);
}
