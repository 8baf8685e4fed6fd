using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>A key is well formed but of a type that secure boot does not support; the message names the type.</summary>
internal sealed class UnsupportedKeyException(string message) : Exception(message);
