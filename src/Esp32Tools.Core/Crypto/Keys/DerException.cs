using System;

namespace Esp32Tools.Crypto.Keys;

/// <summary>Bytes are not valid strict DER. Never leaves this folder: <see cref="KeyPem"/> adds the name of the file.</summary>
internal sealed class DerException(string message) : Exception(message);
