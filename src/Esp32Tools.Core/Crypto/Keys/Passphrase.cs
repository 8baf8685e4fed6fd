using System;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace Esp32Tools.Crypto.Keys;

/// <summary>The bytes of a passphrase, kept only as long as they are needed.</summary>
internal static class Passphrase
{
    /// <summary>UTF-8, as OpenSSL takes it from a terminal. The caller clears it.</summary>
    public static byte[] ToBytes(SecureString passphrase)
    {
        char[] letters = new char[passphrase.Length];
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(passphrase);
        try
        {
            Marshal.Copy(copy, letters, 0, letters.Length);
            return Encoding.UTF8.GetBytes(letters);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
            Array.Clear(letters, 0, letters.Length);
        }
    }
}
