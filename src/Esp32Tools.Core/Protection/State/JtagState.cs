namespace Esp32Tools.Protection.State;

/// <summary>Who can use JTAG.</summary>
public enum JtagState
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Who has the HMAC key that opens it again.</summary>
    LockedByKey,

    /// <summary>Nobody, for good.</summary>
    Disabled,
}
