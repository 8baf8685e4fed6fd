namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>The program that a chip runs after a restart.</summary>
public enum RestartTarget
{
    /// <summary>Its application.</summary>
    Application,

    /// <summary>The loader of its ROM.</summary>
    Loader,
}
