using System;

namespace Esp32Tools.Security.Keys;

/// <summary>Bytes are not what strict DER allows. Never leaves this folder: <see cref="KeyPem"/> says which file it is.</summary>
internal sealed class DerException(string message) : Exception(message);
