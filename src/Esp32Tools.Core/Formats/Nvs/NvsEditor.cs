using System.Linq;
using Esp32Tools.Errors;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Sets and removes single values in an NVS partition and keeps all others. It works like the firmware: the new entry goes
/// after the last one, and the old one is marked as erased. When there is no room after the last one, rewriting all values
/// frees the space of erased entries.
/// </summary>
public static class NvsEditor
{
    /// <summary>Sets a value and creates its namespace if needed; an existing value of the key is replaced.</summary>
    /// <param name="image">The partition, plain; the bytes passed in do not change.</param>
    /// <param name="item">The value.</param>
    /// <returns>The partition with the value; the same bytes when it is already there.</returns>
    /// <exception cref="InputException">
    /// <see cref="ErrorCode.NvsInvalid"/>: encrypted, or damaged elsewhere than in this value; <see cref="ErrorCode.NvsFull"/>; <see cref="ErrorCode.NvsItemInvalid"/>:
    /// no number left for the namespace, or too long for the version of the partition's format.
    /// </exception>
    public static byte[] Set(byte[] image, NvsItem item)
    {
        NvsImage read = ReadSound(image, item.Namespace, item.Key, out bool isSound);
        if (isSound && IsThere(read, item))
        {
            return (byte[])image.Clone();
        }

        try
        {
            var edit = new NvsEdit(image, read, item);
            return edit.Append() ?? edit.Rebuild();
        }
        catch (InputException error)
        {
            throw NvsErrors.At(item.ToString(), error, item.ToString());
        }
    }

    /// <summary>Removes a value.</summary>
    /// <param name="image">The partition, plain; the bytes passed in do not change.</param>
    /// <param name="nameSpace">The namespace.</param>
    /// <param name="key">The key.</param>
    /// <returns>The partition without it; the same bytes when it is not there.</returns>
    /// <exception cref="InputException"><see cref="ErrorCode.NvsInvalid"/>: encrypted, or damaged elsewhere than in this value.</exception>
    public static byte[] Remove(byte[] image, string nameSpace, string key)
    {
        NvsImage read = ReadSound(image, nameSpace, key, out _);
        byte[] result = (byte[])image.Clone();
        read.Contents.Erase(result, nameSpace, key);
        return result;
    }

    // Damage of the value itself disappears with it.
    private static NvsImage ReadSound(byte[] image, string nameSpace, string key, out bool isSound)
    {
        NvsFormat.RequirePages(image, null);
        var read = NvsImage.Parse(image);
        NvsFinding[] errors = [.. NvsCheck.Run(read).Where(finding => finding.Severity == nameof(NvsFindingSeverity.Error))];
        isSound = errors.Length == 0;
        NvsFinding? other = errors.FirstOrDefault(error => error.Namespace != nameSpace || error.Key != key);
        return other is null
            ? read
            : throw new InputException(
                ErrorCode.NvsInvalid, $"The NVS partition is not in order, and changing it could lose more. {other.Text}", other.Advice);
    }

    private static bool IsThere(NvsImage read, NvsItem item) => item.Type == NvsType.Namespace
        ? read.Namespaces.Contains(item.Namespace)
        : read.Entries.Any(entry => entry.State == nameof(NvsEntryState.Written) && IsSame(entry, item));

    private static bool IsSame(NvsEntry entry, NvsItem item) =>
        entry.Namespace == item.Namespace && entry.Key == item.Key && entry.Type == item.Type.ToString()
        && (entry.GetBytes() is byte[] bytes ? bytes.SequenceEqual((byte[])item.Value) : Equals(entry.Value, item.Value));
}
