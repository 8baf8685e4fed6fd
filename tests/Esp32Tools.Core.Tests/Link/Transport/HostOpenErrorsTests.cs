using System;
using System.IO;
using Esp32Tools.Errors;
using Esp32Tools.SerialPort;
using Xunit;
using static Esp32Tools.Core.Tests.Link.Transport.TransportTesting;

namespace Esp32Tools.Core.Tests.Link.Transport;

/// <summary>The exceptions are those that System.IO.Ports throws on Windows, and inside another one elsewhere.</summary>
public sealed class HostOpenErrorsTests
{
    [Theory]
    [InlineData(0x8007_0002)]
    [InlineData(0x8007_0003)]
    [InlineData(0x8013_1620)]
    public void A_port_that_is_not_there_is_not_found(uint number)
    {
        TransportException error = Of(new IOException("The port 'COM7' does not exist.", unchecked((int)number)));
        Assert.Equal("There is no port COM7.", error.Message);
    }

    [Theory]
    [InlineData(0x8007_0032, "The request is not supported.")]
    [InlineData(0x8007_001F, "A device attached to the system is not functioning.")]
    [InlineData(0x8007_0079, "The semaphore timeout period has expired.")]
    public void Any_other_failure_keeps_the_word_of_the_system(uint number, string reason)
    {
        var cause = new IOException(reason, unchecked((int)number));
        TransportException error = Of(cause);
        Assert.Equal($"The port COM7 cannot be opened: {reason}", error.Message);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public void So_does_an_errno_that_says_nothing_of_the_port()
    {
        TransportException error = Of(new UnauthorizedAccessException("no", new IOException("Too many open files", 24)));
        Assert.Equal("The port COM7 cannot be opened: Too many open files.", error.Message);
    }

    [Fact]
    public void Every_errno_stays_inside()
    {
        for (int number = 1; number < 134; number++)
        {
            var reason = new IOException("the reason", number);
            Assert.Same(reason, HostOpenErrors.Of("/dev/cu.usb", new UnauthorizedAccessException("no", reason)).InnerException);
        }

        var name = new ArgumentException("no port");
        Assert.Same(name, HostOpenErrors.Of("x", name).InnerException);
    }

    private static TransportException Of(Exception cause) =>
        AssertFails(ErrorCode.PortNotFound, "COM7", () => throw HostOpenErrors.Of("COM7", cause));
}
