using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>Bytes are not what strict DER allows. Never leaves this folder: <see cref="KeyPem"/> says which file it is.</summary>
internal sealed class DerException(string message) : Exception(message);
