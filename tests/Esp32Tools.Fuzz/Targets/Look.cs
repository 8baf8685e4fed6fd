using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Esp32Tools.Errors;

namespace Esp32Tools.Fuzz.Targets;

/// <summary>Looks at what a parser gave, as the console would: a property that throws is a fault.</summary>
internal static class Look
{
    private const int Deepest = 3;
    private const int MostOfAList = 50;

    /// <summary>Reads all properties of an object, and of those in it.</summary>
    public static void At(object? value) => At(value, Deepest);

    /// <summary>Goes on where an input is refused: what follows has another reason to look at it.</summary>
    public static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Esp32Exception)
        {
            // As the contract has it.
        }
    }

    /// <summary>The input as text.</summary>
    public static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static void At(object? value, int depth)
    {
        if (value is null or string or byte[] || depth == 0)
        {
            return;
        }

        Type type = value.GetType();
        if (value is IEnumerable items)
        {
            foreach (object? item in items.Cast<object?>().Take(MostOfAList))
            {
                At(item, depth - 1);
            }
        }
        else if (type.Namespace?.StartsWith("Esp32Tools", StringComparison.Ordinal) == true && !type.IsEnum)
        {
            _ = value.ToString();
            foreach (PropertyInfo property in PropertiesOf(type))
            {
                At(Get(property, value), depth - 1);
            }
        }
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);

    private static object? Get(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            throw new InvalidOperationException($"{property.DeclaringType?.Name}.{property.Name} throws.", error.InnerException);
        }
    }
}
