using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace Esp32Tools.Vectors;

/// <summary>Packs the test vectors into archives, and unpacks these for a build.</summary>
internal static class Program
{
    private const string Ending = ".tar.br";
    private const int Tries = 10;

    private static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // As compilers write it, so that a build shows it as its error.
            Console.Error.WriteLine($"vectors : error VECTORS001: {exception.Message}");
            return 1;
        }
    }

    private static int Run(string[] args)
    {
        switch (args)
        {
            case ["unpack", string archives]:
                Unpack(archives);
                return 0;
            case ["pack", string archives]:
                Pack(Unpacked(archives), archives);
                return 0;
            case ["pack", string archives, string folder]:
                Pack(folder, archives);
                return 0;
            default:
                Console.Error.WriteLine("unpack ARCHIVES: unpacks all archives of a folder into its obj/unpacked.");
                Console.Error.WriteLine("pack ARCHIVES [FOLDER]: packs each folder in FOLDER that has changed; FOLDER is ARCHIVES/obj/unpacked if not named.");
                return 2;
        }
    }

    private static string Unpacked(string archives) => Path.Combine(archives, "obj", "unpacked");

    // What is there is whole: it gets its name when all of it is unpacked and is what the manifest says.
    private static void Unpack(string archives)
    {
        string manifest = Path.Combine(archives, VectorManifest.FileName);
        string made = Unpacked(archives) + "." + Environment.ProcessId;
        IReadOnlyDictionary<string, string> lines = VectorManifest.Read(manifest);
        try
        {
            foreach (string name in Directory.GetFiles(archives, "*" + Ending).Select(file => Path.GetFileName(file)[..^Ending.Length]).Except(lines.Keys))
            {
                throw new InvalidDataException($"{name}{Ending} is not in {VectorManifest.FileName}.");
            }

            foreach ((string name, string line) in lines)
            {
                string folder = Path.Combine(made, name);
                VectorArchive.Unpack(Path.Combine(archives, name + Ending), folder);
                if (VectorManifest.Describe(folder) != line)
                {
                    throw new InvalidDataException($"{name}{Ending} is not what {VectorManifest.FileName} says: '{VectorManifest.Describe(folder)}'.");
                }
            }

            File.WriteAllBytes(Path.Combine(made, VectorManifest.FileName), File.ReadAllBytes(manifest));
            Replace(made, Unpacked(archives));
        }
        finally
        {
            Remove(made);
        }
    }

    // On Windows a folder stays for a moment while a scanner reads a file in it.
    private static void Replace(string made, string target)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                Remove(target);
                Directory.Move(made, target);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && i < Tries)
            {
                Thread.Sleep(100 * i);
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // An archive whose folder is as it was keeps its bytes, also where another compressor would pack it otherwise.
    private static void Pack(string root, string archives)
    {
        string manifest = Path.Combine(archives, VectorManifest.FileName);
        IReadOnlyDictionary<string, string> before = VectorManifest.Read(manifest);
        SortedDictionary<string, string> now = new(StringComparer.Ordinal);
        foreach (string folder in Directory.GetDirectories(root))
        {
            string name = Path.GetFileName(folder);
            string archive = Path.Combine(archives, name + Ending);
            now[name] = VectorManifest.Describe(folder);
            if (!File.Exists(archive) || now[name] != before.GetValueOrDefault(name))
            {
                File.WriteAllBytes(archive, VectorArchive.Pack(folder));
                Console.WriteLine($"{name}{Ending}: {new FileInfo(archive).Length} bytes");
            }
        }

        foreach (string gone in before.Keys.Except(now.Keys))
        {
            File.Delete(Path.Combine(archives, gone + Ending));
        }

        VectorManifest.Write(manifest, now.Values);
    }
}
