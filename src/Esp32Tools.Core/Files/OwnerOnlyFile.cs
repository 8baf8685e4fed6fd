using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Esp32Tools.Files;

/// <summary>
/// Makes files that only their owner can read, from the moment they exist. netstandard2.0 has no way to do so, and
/// changing the rights afterwards would leave a moment in which another user can open the file.
/// </summary>
internal static class OwnerOnlyFile
{
    private const uint GenericWrite = 0x4000_0000;
    private const uint CreateNew = 1;
    private const uint NormalFile = 0x80;

    // Nothing inherited; all rights for the owner, S-1-3-4 (Windows, SDDL of security descriptors).
    private const string OwnerAlone = "D:P(A;;FA;;;OW)";

    /// <summary>Makes an empty file.</summary>
    /// <param name="prefix">The start of its path; a unique part follows.</param>
    /// <param name="extension">The end of its path.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static string Create(string prefix, string extension) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? CreateOnWindows(prefix, extension) : CreateOnUnix(prefix, extension);

    // mkstemps makes it with mode 0600 (POSIX) and replaces the six letters.
    private static string CreateOnUnix(string prefix, string extension)
    {
        byte[] path = Encoding.UTF8.GetBytes($"{prefix}.XXXXXX{extension}\0");
        int descriptor = MakeTemporary(path, Encoding.UTF8.GetByteCount(extension));
        if (descriptor < 0)
        {
            throw NativeFailure.Last();
        }

        CloseDescriptor(descriptor);
        return Encoding.UTF8.GetString(path, 0, path.Length - 1);
    }

    private static string CreateOnWindows(string prefix, string extension)
    {
        string path = $"{prefix}.{Guid.NewGuid():N}{extension}";
        if (!MakeDescriptor(OwnerAlone, 1, out IntPtr descriptor, IntPtr.Zero))
        {
            throw NativeFailure.Last();
        }

        try
        {
            var security = new SecurityAttributes { Length = Marshal.SizeOf(typeof(SecurityAttributes)), Descriptor = descriptor };
            IntPtr file = CreateFile(path, GenericWrite, 0, ref security, CreateNew, NormalFile, IntPtr.Zero);
            if (file == new IntPtr(-1))
            {
                throw NativeFailure.Last();
            }

            CloseHandle(file);
            return path;
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    /// <summary>Moves such a file over another one with its rights, and writes the name through to the disk.</summary>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public static void MoveOnWindows(string source, string target)
    {
        const int ReplaceExisting = 1;
        const int WriteThrough = 8;
        if (!MoveFile(source, target, ReplaceExisting | WriteThrough))
        {
            throw NativeFailure.Last();
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SecurityAttributes
    {
        public int Length;
        public IntPtr Descriptor;
        public int InheritHandle;
    }

    [DllImport("libc", EntryPoint = "mkstemps", SetLastError = true)]
    private static extern int MakeTemporary([In, Out] byte[] template, int suffixLength);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseDescriptor(int descriptor);

    [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern bool MakeDescriptor(string text, uint revision, out IntPtr descriptor, IntPtr size);

    [DllImport("kernel32.dll", EntryPoint = "CreateFileW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern IntPtr CreateFile(
        string path, uint access, uint share, ref SecurityAttributes security, uint disposition, uint flags, IntPtr template);

    [DllImport("kernel32.dll", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern bool MoveFile(string source, string target, int flags);

    [DllImport("kernel32.dll")]
    private static extern bool CloseHandle(IntPtr handle);

    [DllImport("kernel32.dll")]
    private static extern IntPtr LocalFree(IntPtr memory);
}
