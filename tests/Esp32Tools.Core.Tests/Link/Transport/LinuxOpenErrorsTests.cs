using System.ComponentModel;
using Esp32Tools.Errors;
using Esp32Tools.Link.Transport.Linux;
using Xunit;

namespace Esp32Tools.Core.Tests.Link.Transport;

public sealed class LinuxOpenErrorsTests
{
    [Theory]
    [InlineData(13)] // EACCES
    [InlineData(1)] // EPERM
    public void A_port_of_another_user_is_denied_and_the_advice_names_the_group(int error)
    {
        TransportException denied = LinuxOpenErrors.Of("/dev/ttyUSB0", error);
        Assert.Equal(ErrorCode.PortAccessDenied, denied.Code);
        Assert.Contains("dialout", denied.Advice);
    }

    [Fact]
    public void The_reason_of_the_system_stays_inside_whatever_it_is()
    {
        for (int error = 1; error < 134; error++)
        {
            Assert.Equal(error, Assert.IsType<Win32Exception>(LinuxOpenErrors.Of("/dev/ttyUSB0", error).InnerException).NativeErrorCode);
        }
    }
}
