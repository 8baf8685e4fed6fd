using System;
using System.Collections.Generic;

namespace Esp32Tools.Errors;

/// <summary>
/// The single mechanism that raises and lifts liftable refusals, each by its own code. A
/// refusal that no code lifts is thrown like any other failure.
/// </summary>
public sealed class Refusals
{
    private readonly LiftableRefusals _liftable;
    private readonly HashSet<ErrorCode> _lifted;
    private readonly Action<Esp32Exception>? _told;

    /// <summary>Makes the refusals of one operation.</summary>
    /// <param name="liftable">The refusals that the operation allows to be lifted.</param>
    /// <param name="lifted">The refusals to lift.</param>
    /// <param name="told">Receives each refusal that was lifted; null for none.</param>
    /// <exception cref="Esp32Exception"><see cref="ErrorCode.ValueInvalid"/>: one of the codes cannot be lifted.</exception>
    public Refusals(LiftableRefusals liftable, IEnumerable<ErrorCode> lifted, Action<Esp32Exception>? told = null)
    {
        _liftable = liftable ?? throw new ArgumentNullException(nameof(liftable));
        _lifted = [.. lifted];
        _told = told;
        liftable.Require(_lifted);
    }

    /// <summary>Refuses, unless this refusal is lifted.</summary>
    /// <param name="refusal">The refusal.</param>
    public void Refuse(Esp32Exception refusal)
    {
        if (!Lifts(refusal))
        {
            throw refusal;
        }
    }

    /// <summary>Runs a check, and ignores its refusal when that is lifted.</summary>
    /// <param name="check">The check.</param>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (Esp32Exception refusal) when (Lifts(refusal))
        {
            // The user has lifted it.
        }
    }

    /// <summary>
    /// Decides about a refusal: true when it is lifted. Otherwise it is marked as liftable or not;
    /// for callers that collect refusals before they throw one.
    /// </summary>
    /// <param name="refusal">The refusal.</param>
    public bool Lifts(Esp32Exception refusal)
    {
        if (_lifted.Contains(refusal.Code))
        {
            _told?.Invoke(refusal);
            return true;
        }

        refusal.IsLiftable = _liftable.Contains(refusal.Code);
        return false;
    }
}
