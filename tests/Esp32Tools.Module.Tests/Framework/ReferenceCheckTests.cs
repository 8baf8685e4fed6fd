using System;
using System.Collections.Generic;
using System.IO;
using Xunit;

namespace Esp32Tools.Module.Tests.Framework;

/// <summary>The check itself: these tests are built for a later .NET, so much of what they use is not in .NET Framework.</summary>
public sealed class ReferenceCheckTests
{
    private static readonly Version s_framework = new(4, 0, 0, 0);

    private static readonly AssemblyImage s_newer = new(File.ReadAllBytes(typeof(NewerCalls).Assembly.Location));
    private static readonly Lazy<IReadOnlyList<string>> s_faults = new(() => Faults(s_newer));

    [Theory]
    [InlineData("method [mscorlib]System.String::Contains(Char) : instance Boolean")]
    [InlineData("method [mscorlib]System.Collections.Generic.Dictionary`2<String, Int32>::TryAdd(!0, !1) : instance Boolean")]
    [InlineData("method [mscorlib]System.Array::Fill<1>(!!0[], !!0) : static Void")]
    [InlineData("field [mscorlib]System.DateTime::UnixEpoch : valuetype [mscorlib]System.DateTime")]
    [InlineData("type [System.Runtime]System.Text.Rune")]
    [InlineData("method [System.Runtime]System.Text.Rune::.ctor(Char) : instance Void")]
    [InlineData("assembly System.Runtime 10.0.0.0: there is 4.1.2.0")]
    [InlineData("assembly System.Text.Json")]
    public void Only_a_later_NET_has_it_and_it_is_named(string fault) => Assert.Contains(fault, s_faults.Value);

    [Theory]
    [InlineData("System.String::Contains(String)")]
    [InlineData("System.Collections.Generic.Dictionary`2<String, Int32>::Add(!0, !1)")]
    [InlineData("System.Array::IndexOf<1>(!!0[], !!0)")]
    [InlineData("System.DateTime::MaxValue")]
    [InlineData("]System.Text.StringBuilder")]
    public void Both_have_it_and_it_is_not_named(string reference)
    {
        Assert.DoesNotContain(s_faults.Value, Names);

        // Where there is no framework at all, it is named: so it was looked at.
        Assert.Contains(new ReferenceCheck(new AssemblySet()).FaultsOf(s_newer), Names);

        bool Names(string fault) => fault.Contains(reference, StringComparison.Ordinal);
    }

    [Fact]
    public void Runtime_makes_the_methods_of_arrays() =>
        Assert.DoesNotContain(s_faults.Value, fault => fault.Contains("Int32[,*]::", StringComparison.Ordinal));

    // KeyedCollection<TKey, TItem> derives from Collection<TItem>, which has Add: its parameter is the second argument.
    [Fact]
    public void Member_of_a_base_class_is_found_with_the_type_arguments_of_the_base() =>
        Assert.Empty(Faults(EmittedReference.Make(
            "mscorlib", s_framework, "System.Collections.ObjectModel", "KeyedCollection`2", 2, "Add", type => type.GenericTypeParameter(1))));

    [Fact]
    public void Member_of_a_base_class_with_another_parameter_is_missed() =>
        Assert.Equal(
            ["method [mscorlib]System.Collections.ObjectModel.KeyedCollection`2<Int32, Int32>::Add(!0) : instance Void"],
            Faults(EmittedReference.Make(
                "mscorlib", s_framework, "System.Collections.ObjectModel", "KeyedCollection`2", 2, "Add", type => type.GenericTypeParameter(0))));

    [Fact]
    public void Type_is_followed_to_where_it_was_forwarded() =>
        Assert.Empty(Faults(EmittedReference.Make(
            "netstandard", new Version(2, 0, 0, 0), "System.IO", "StringWriter", 0, "Write", type => type.String())));

    [Fact]
    public void Later_netstandard_is_missed() =>
        Assert.Equal(
            ["assembly netstandard 2.1.0.0: there is 2.0.0.0"],
            Faults(EmittedReference.Make(
                "netstandard", new Version(2, 1, 0, 0), "System.IO", "StringWriter", 0, "Write", type => type.String())));

    [Fact]
    public void Type_for_the_framework_itself_is_missed() =>
        Assert.Contains(
            "type [System]System.SR",
            Faults(EmittedReference.Make("System", s_framework, "System", "SR", 0, "Any", type => type.String())));

    private static IReadOnlyList<string> Faults(AssemblyImage assembly) => new ReferenceCheck(FrameworkSurface.With(assembly)).FaultsOf(assembly);
}
