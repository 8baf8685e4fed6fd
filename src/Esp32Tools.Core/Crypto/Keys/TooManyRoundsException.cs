using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A key file asks for more rounds of key derivation than are run.</summary>
internal sealed class TooManyRoundsException(int rounds) : Exception
{
    /// <summary>Number of rounds.</summary>
    public int Rounds { get; } = rounds;
}
