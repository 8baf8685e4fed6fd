using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Esp32Tools.Core.Tests.House;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.Errors;

/// <summary>Refusals that can be lifted: raised, lifted and parsed in one place.</summary>
public sealed class RefusalsTests
{
    private static readonly IReadOnlyDictionary<string, LiftableRefusals> s_catalog = typeof(RefusalCatalog)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(property => property.Name, property => (LiftableRefusals)property.GetValue(null)!);

    public static TheoryData<string> Operations => [.. s_catalog.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Each_id_lifts_itself_and_no_other(string operation)
    {
        LiftableRefusals liftable = s_catalog[operation];
        Assert.Equal(liftable.Codes.Count, liftable.Codes.Distinct().Count());
        foreach (ErrorCode code in liftable.Codes)
        {
            Esp32Exception refusal = new(code, "No.", "Do not.");
            Assert.Same(refusal, Assert.Throws<Esp32Exception>(() => new Refusals(liftable, liftable.Codes.Where(other => other != code)).Refuse(refusal)));
            Assert.True(refusal.IsLiftable);

            List<Esp32Exception> told = [];
            var lifted = new Refusals(liftable, [code], told.Add);
            lifted.Refuse(refusal);
            lifted.Check(() => throw refusal);
            Assert.Equal([refusal, refusal], told);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Ids_are_taken_by_name_in_any_case_and_the_error_names_those_there_are(string operation)
    {
        LiftableRefusals liftable = s_catalog[operation];
        Assert.Equal(liftable.Codes, liftable.Parse([.. liftable.Codes.Select(code => code.ToString().ToLowerInvariant())]));
        foreach (string?[] ids in new string?[][] { ["PortLost"], ["Nonsense"], ["0"], [((int)liftable.Codes[0]).ToString()], ["?"], [string.Empty], [null], [], ["True"] })
        {
            Esp32Exception error = Assert.Throws<Esp32Exception>(() => liftable.Parse(ids));
            Assert.Equal(ErrorCode.ValueInvalid, error.Code);
            Assert.All(liftable.Codes, code => Assert.Contains(code.ToString(), error.Advice));
            Assert.False(error.IsLiftable);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Nothing_else_is_lifted(string operation)
    {
        LiftableRefusals liftable = s_catalog[operation];
        Assert.Equal(ErrorCode.ValueInvalid, Assert.Throws<Esp32Exception>(() => new Refusals(liftable, [ErrorCode.PortLost])).Code);
        Esp32Exception failure = new(ErrorCode.PortLost, "Gone.");
        Assert.Same(failure, Assert.Throws<Esp32Exception>(() => new Refusals(liftable, liftable.Codes).Check(() => throw failure)));
        Assert.False(failure.IsLiftable);
        Assert.Throws<InvalidOperationException>(() => new Refusals(liftable, liftable.Codes).Check(() => throw new InvalidOperationException()));
    }

    [Fact]
    public void A_part_of_an_operation_takes_over_what_it_knows()
    {
        Assert.Equal([ErrorCode.FlashEncrypted], RefusalCatalog.FlashWrite.Among([ErrorCode.FlashEncrypted, ErrorCode.KeyReadable, ErrorCode.FlashEncrypted]));
        Assert.Empty(RefusalCatalog.FlashEncryption.Codes.Except(RefusalCatalog.FlashWrite.Codes.Concat(RefusalCatalog.EfuseBurn.Codes)).Except([ErrorCode.FlashKeyUnproven, ErrorCode.FlashContentsUnproven]));
    }

    [Fact]
    public void A_refusal_is_marked_as_liftable_in_one_file_and_its_parameter_named_in_one()
    {
        Assert.Equal(["Refusals.cs"], FilesWith("IsLiftable = "));
        Assert.Equal(["LiftableRefusals.cs"], FilesWith("no refusal that can be lifted"));
        Assert.Equal(["ErrorRecords.cs"], FilesWith("To do it all the same"));
        Assert.Empty(FilesWith("TryParse(id"));
    }

    private static IEnumerable<string> FilesWith(string text) =>
        SourceTree.CSharp("src").Where(file => file.Text.Contains(text, StringComparison.Ordinal)).Select(file => $"{file.Stem}.cs");
}
