using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Mono.Polyfills;

internal static class SymbolicLink
{
    public static void Create(string path, string target)
    {
        if (Symlink(target, path) != 0)
        {
            throw new Win32Exception(Marshal.GetLastWin32Error());
        }
    }

    [DllImport("libc", EntryPoint = "symlink", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int Symlink(string target, string path);
}
