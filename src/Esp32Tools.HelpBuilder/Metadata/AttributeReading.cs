using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Esp32Tools.HelpBuilder.Metadata;

/// <summary>
/// Reads attributes by name, as data: the types of PowerShell are reference metadata here, and none of their code runs.
/// </summary>
internal static class AttributeReading
{
    /// <summary>The attributes whose class has this name.</summary>
    public static IEnumerable<CustomAttributeData> OfName(this MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    /// <summary>A named argument of an attribute; the type's default when it is not given.</summary>
    public static T? Named<T>(this CustomAttributeData attribute, string name) => attribute.NamedArguments
        .Where(argument => argument.MemberName == name)
        .Select(argument => (T?)argument.TypedValue.Value)
        .FirstOrDefault();

    /// <summary>The values of a constructor's list of values: those of a ValidateSet, an Alias, an OutputType.</summary>
    public static IEnumerable<object> ListedValues(this CustomAttributeData attribute) =>
        from argument in attribute.ConstructorArguments
        where argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument>
        from item in (IReadOnlyCollection<CustomAttributeTypedArgument>)argument.Value!
        select item.Value!;
}
