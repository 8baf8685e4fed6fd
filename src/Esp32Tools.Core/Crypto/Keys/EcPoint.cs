using System.Numerics;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A point of an elliptic curve other than the one at infinity.</summary>
internal readonly record struct EcPoint(BigInteger X, BigInteger Y);
