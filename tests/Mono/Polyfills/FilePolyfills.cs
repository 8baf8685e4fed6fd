using System.IO;

namespace Mono.Polyfills;

internal static class FilePolyfills
{
    extension(File)
    {
        public static void CreateSymbolicLink(string path, string target) => SymbolicLink.Create(path, target);
    }
}
