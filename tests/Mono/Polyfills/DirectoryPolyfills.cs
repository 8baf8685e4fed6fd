using System.IO;

namespace Mono.Polyfills;

internal static class DirectoryPolyfills
{
    extension(Directory)
    {
        public static void CreateSymbolicLink(string path, string target) => SymbolicLink.Create(path, target);
    }
}
