using System.ComponentModel;
using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Transport.Linux;

/// <summary>The errors for each errno of a failed open.</summary>
internal static class LinuxOpenErrors
{
    internal static TransportException Of(string portName, int error)
    {
        var cause = new Win32Exception(error);
        return error switch
        {
            LibC.NoEntry or LibC.NotADirectory => TransportErrors.NotFound(portName, AdviseExistingPorts(), cause),
            LibC.NoDevice or LibC.NoDeviceOrAddress or LibC.InputOutputError => TransportErrors.NotFound(
                portName, "The name exists, but no hardware stands behind it. " + AdviseExistingPorts(), cause),
            LibC.AccessDenied or LibC.NotPermitted => TransportErrors.AccessDenied(
                portName,
                "Add the user to the group that owns the port (usually dialout) and log in again: sudo usermod -aG dialout $USER.",
                cause),
            LibC.Busy or LibC.WouldBlock => TransportErrors.InUse(portName, cause),
            LibC.NotATerminal or LibC.IsADirectory or LibC.InvalidArgument => TransportErrors.NameInvalid(
                portName, "it is not a serial port", AdviseExistingPorts(), cause),
            _ => TransportErrors.NotOpened(portName, AdviseExistingPorts(), cause),
        };
    }

    private static string AdviseExistingPorts() =>
        TransportErrors.AdvisePorts([.. new LinuxPortList().List().Select(port => port.PortName)]);
}
