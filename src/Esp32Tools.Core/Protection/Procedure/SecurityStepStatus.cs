namespace Esp32Tools.Protection.Procedure;

/// <summary>Status of a step of a security procedure.</summary>
public enum SecurityStepStatus
{
    /// <summary>Not done yet: the step of a plan.</summary>
    Planned,

    /// <summary>Done just now.</summary>
    Done,

    /// <summary>Already in effect; nothing was changed.</summary>
    AlreadySo,

    /// <summary>Left to somebody else, or left open on purpose; the text names the person or the setting.</summary>
    Left,
}
