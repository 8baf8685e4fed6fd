using System.Threading;
using Esp32Tools.Errors;

namespace Esp32Tools.Link.Loader;

/// <summary>
/// Words of the chip's address space, through the loader that is running. Code that burns eFuses or talks to the SPI
/// controller needs no more of a device than this.
/// </summary>
public interface IRegisterAccess
{
    /// <summary>Reads a word.</summary>
    /// <exception cref="LoaderException">The chip refused or did not answer.</exception>
    uint ReadRegister(uint address, CancellationToken cancellationToken);

    /// <summary>Writes a word: new = (old and not mask) or (value and mask).</summary>
    /// <param name="address">Address of the word.</param>
    /// <param name="value">New bits.</param>
    /// <param name="mask">Bits to change; all of them by default.</param>
    /// <param name="delayAfterMicroseconds">Time the chip waits between the write and its answer, in microseconds.</param>
    /// <param name="cancellationToken">Ends the wait for the answer.</param>
    void WriteRegister(
        uint address,
        uint value,
        uint mask = uint.MaxValue,
        uint delayAfterMicroseconds = 0,
        CancellationToken cancellationToken = default);
}
