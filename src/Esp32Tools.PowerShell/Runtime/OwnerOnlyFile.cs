using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>
/// Makes files that nobody but their owner can read, from the moment they are there. netstandard2.0 has no way to say so, and to
/// change the rights afterwards would leave a moment in which another can open the file.
/// </summary>
internal static class OwnerOnlyFile
{
    private const uint GenericWrite = 0x4000_0000;
    private const uint CreateNew = 1;
    private const uint NormalFile = 0x80;

    // Nothing inherited; all rights for the owner, S-1-3-4 (Windows, SDDL of security descriptors).
    private const string OwnerAlone = "D:P(A;;FA;;;OW)";

    /// <summary>Makes an empty file.</summary>
    /// <param name="prefix">How its path begins; a part that no other file has follows.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Create(string prefix) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? CreateOnWindows(prefix) : CreateOnUnix(prefix);

    // mkstemp makes it with mode 0600 (POSIX) and puts letters in place of the six.
    private static string CreateOnUnix(string prefix)
    {
        byte[] path = Encoding.UTF8.GetBytes($"{prefix}.XXXXXX\0");
        int descriptor = MakeTemporary(path);
        if (descriptor < 0)
        {
            throw Failure();
        }

        CloseDescriptor(descriptor);
        return Encoding.UTF8.GetString(path, 0, path.Length - 1);
    }

    private static string CreateOnWindows(string prefix)
    {
        string path = $"{prefix}.{Guid.NewGuid():N}";
        if (!MakeDescriptor(OwnerAlone, 1, out IntPtr descriptor, IntPtr.Zero))
        {
            throw Failure();
        }

        try
        {
            var security = new SecurityAttributes { Length = Marshal.SizeOf(typeof(SecurityAttributes)), Descriptor = descriptor };
            IntPtr file = CreateFile(path, GenericWrite, 0, ref security, CreateNew, NormalFile, IntPtr.Zero);
            if (file == new IntPtr(-1))
            {
                throw Failure();
            }

            CloseHandle(file);
            return path;
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    private static IOException Failure()
    {
        var error = new Win32Exception(Marshal.GetLastWin32Error());
        return new IOException(error.Message, error);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public int Length;
        public IntPtr Descriptor;
        public int InheritHandle;
    }

    [DllImport("libc", EntryPoint = "mkstemp", SetLastError = true)]
    private static extern int MakeTemporary([In, Out] byte[] template);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseDescriptor(int descriptor);

    [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern bool MakeDescriptor(string text, uint revision, out IntPtr descriptor, IntPtr size);

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr CreateFile(
        string path, uint access, uint share, ref SecurityAttributes security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32.dll")]
    private static extern bool CloseHandle(IntPtr handle);

    [DllImport("kernel32.dll")]
    private static extern IntPtr LocalFree(IntPtr memory);
}
