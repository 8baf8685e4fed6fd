namespace Esp32Tools.Protection.State;

/// <summary>Access to JTAG.</summary>
public enum JtagState
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Holders of the HMAC key that opens it again.</summary>
    LockedByKey,

    /// <summary>Nobody, for good.</summary>
    Disabled,
}
