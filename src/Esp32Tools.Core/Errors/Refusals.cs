using System;
using System.Collections.Generic;

namespace Esp32Tools.Errors;

/// <summary>
/// The one place where a refusal that can be lifted is raised, and where it is lifted: each by its code and no other. A
/// refusal that no code lifts is thrown as any other failure.
/// </summary>
public sealed class Refusals
{
    private readonly LiftableRefusals _liftable;
    private readonly HashSet<ErrorCode> _lifted;
    private readonly Action<Esp32Exception>? _told;

    /// <summary>Makes the refusals of one operation.</summary>
    /// <param name="liftable">Those that the operation lets a person lift.</param>
    /// <param name="lifted">Those that are lifted.</param>
    /// <param name="told">Told each refusal that did not happen because it is lifted; null for nobody.</param>
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

    /// <summary>Runs a check. A refusal of it that is lifted does not happen.</summary>
    /// <param name="check">The check.</param>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (Esp32Exception refusal) when (Lifts(refusal))
        {
            // Somebody knows better.
        }
    }

    /// <summary>
    /// Decides about a refusal: true when it is lifted. Otherwise it stands, and says of itself whether it could be lifted;
    /// for those who gather refusals before they throw one.
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
