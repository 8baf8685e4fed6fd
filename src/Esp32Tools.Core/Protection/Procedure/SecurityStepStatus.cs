namespace Esp32Tools.Protection.Procedure;

/// <summary>What became of a step of a security procedure.</summary>
public enum SecurityStepStatus
{
    /// <summary>Not done yet: the step of a plan.</summary>
    Planned,

    /// <summary>Done just now.</summary>
    Done,

    /// <summary>It was so before, and nothing was changed.</summary>
    AlreadySo,

    /// <summary>Left to somebody else, or left open on purpose; the text says to whom, or what.</summary>
    Left,
}
