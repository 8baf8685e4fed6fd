using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>The common parts of all argument transformations.</summary>
internal static class Arguments
{
    /// <summary>The object without PowerShell's wrapping; a custom object stays one.</summary>
    public static object? BaseOf(object? item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    /// <summary>The items of a list, or the one item.</summary>
    public static IEnumerable<object?> Items(object? data) => BaseOf(data) is not byte[] and IList list
        ? list.Cast<object?>()
        : [data];

    /// <summary>True when a value means yes. A column of a CSV file holds text, and PowerShell takes any text for true.</summary>
    public static bool IsTrue(object? value) => BaseOf(value) switch
    {
        null or "" or "0" => false,
        string text => !bool.TryParse(text.Trim(), out bool isTrue) || isTrue,
        object other => LanguagePrimitives.IsTrue(other),
    };

    /// <summary>
    /// The failure that lets the binder try the next way (by property name, say) before it gives up: it looks for an
    /// invalid cast inside (PowerShell, CmdletParameterBinderController).
    /// </summary>
    public static ArgumentTransformationMetadataException CannotConvert(string message) =>
        new(message, new PSInvalidCastException(message));
}
