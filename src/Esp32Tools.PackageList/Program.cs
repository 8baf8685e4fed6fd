using System;
using System.IO;

namespace Esp32Tools.PackageList;

/// <summary>Writes the bill of materials of a staged module. The same files give the same bytes: it holds no time and no number of its own.</summary>
internal static class Program
{
    private const string Usage = "Usage: Esp32Tools.PackageList <folder of the module> <version> <package-lock.json> <file to write>";

    private static int Main(string[] arguments)
    {
        if (arguments is not [string folder, string version, string lockFile, string output])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        File.WriteAllBytes(output, BillOfMaterials.Write(folder, version, lockFile, Path.GetFileName(output)));
        return 0;
    }
}
