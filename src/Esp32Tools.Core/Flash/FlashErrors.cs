using Esp32Tools.Errors;

namespace Esp32Tools.Flash;

/// <summary>The messages for failures of flash operations.</summary>
internal static class FlashErrors
{
    public static FlashException Different(string port, PlannedWrite write) => new(
        ErrorCode.VerifyFailed,
        $"The flash on {port} does not hold {write.Name} after it was written to 0x{write.Address:X}: the chip's digest differs.",
        "The flash memory may be worn out, badly powered or smaller than it reports.")
    { Target = write.Name };

    public static FlashException WriteFailed(string port, PlannedWrite write, LoaderException cause) => new(
        ErrorCode.FlashWriteFailed,
        $"Writing {write.Name} to 0x{write.Address:X} on {port} failed: {cause.Message}",
        cause.Advice,
        cause)
    { Target = write.Name };

    public static FlashException ReadFailed(string port, uint address, long length, string what) => new(
        ErrorCode.FlashReadFailed,
        $"Reading 0x{address:X} + 0x{length:X} on {port} failed: {what}.",
        "Try again at a lower baud rate.")
    { Target = port, IsTransient = true };
}
