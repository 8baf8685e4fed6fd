using System.Threading;
using Esp32Tools.Chips;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Burn;

/// <summary>Drives the eFuse controller of a chip. It only programs; the plan decides on the bits.</summary>
internal interface IEfuseController
{
    /// <summary>Sets clock and timing.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseCrystal"/>: no timing is known for this crystal.</exception>
    void Prepare(CancellationToken cancellationToken);

    /// <summary>Encodes the words and burns them into a block, once. Leaves no data behind in the registers.</summary>
    /// <param name="block">The block.</param>
    /// <param name="words">Its data words, before coding; zeros burn nothing.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseTimeout"/></exception>
    void Program(EfuseBlockFacts block, uint[] words, CancellationToken cancellationToken);

    /// <summary>Makes the controller load the eFuses into its registers again.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfuseTimeout"/></exception>
    void Reload(CancellationToken cancellationToken);
}
