namespace Esp32Tools.Formats.Ota;

/// <summary>State of the application of an otadata entry. Source: ESP-IDF, esp_flash_partitions.h.</summary>
public enum OtaState : uint
{
    /// <summary>Not booted yet; a bootloader with rollback boots it once, on trial.</summary>
    New = 0,

    /// <summary>Booted on trial and not confirmed; a bootloader with rollback treats it as failed at the next start.</summary>
    PendingVerify = 1,

    /// <summary>The application has confirmed that it works.</summary>
    Valid = 2,

    /// <summary>The application has reported that it does not work.</summary>
    Invalid = 3,

    /// <summary>The application did not confirm that it works.</summary>
    Aborted = 4,

    /// <summary>No state; it boots. Written without rollback.</summary>
    Undefined = uint.MaxValue,
}
