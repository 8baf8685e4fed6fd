namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>What a chip is to run after a restart.</summary>
public enum RestartTarget
{
    /// <summary>Its application.</summary>
    Application,

    /// <summary>The loader of its ROM.</summary>
    Loader,
}
