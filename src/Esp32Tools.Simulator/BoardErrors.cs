using Esp32Tools.Errors;

namespace Esp32Tools.Simulator;

/// <summary>The errors of a board's port that cannot be opened.</summary>
internal static class BoardErrors
{
    public static TransportException InUse(string port) => new(
        ErrorCode.PortInUse,
        $"{port} is in use by another session.",
        "Close the session that has it open.")
    { Target = port };

    public static TransportException CableOut(string port) => new(
        ErrorCode.PortNotFound,
        $"{port} is not there: its cable is out.",
        "The board's fault plan pulled it; remove the board or give it another plan.")
    { Target = port };

    public static TransportException CablePulled(string port) => new(
        ErrorCode.PortNotFound,
        $"{port} is not there: its cable was pulled.",
        "Plug the board in again.")
    { Target = port };

    public static TransportException UsbAway(string port) => new(
        ErrorCode.PortNotFound,
        $"{port} is not there: the chip has been reset, and its port has not come back yet.",
        "Wait a second and try again.")
    { Target = port };
}
