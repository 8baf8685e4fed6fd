using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A key is well formed and of no kind that secure boot takes; the message says of which kind it is.</summary>
internal sealed class UnsupportedKeyException(string message) : Exception(message);
