using System.Linq;
using Esp32Tools.Chips;
using Esp32Tools.Core.Tests.Efuse.Fields;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Xunit;
using static Esp32Tools.Core.Tests.Efuse.Fields.EfuseTestChips;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>The ESP32-P4, whose later silicon keeps the fifth bit of a key purpose in a field of its own.</summary>
public sealed class EfuseTwoFieldPurposeTests
{
    private static readonly ChipDefinition s_p4 = ChipCatalog.ByName("esp32p4");

    [Theory]
    [InlineData(103, "KEY_PURPOSE_0_H", false)]
    [InlineData(300, "KEY_PURPOSE_0_H", true)]
    [InlineData(103, "DCDC_VSET", true)]
    [InlineData(300, "DCDC_VSET", false)]
    public void Silicon_revision_decides_which_table_holds(int revision, string field, bool isThere) =>
        Assert.Equal(isThere, EfuseTable.For(s_p4, revision).Find(field) is not null);

    [Theory]
    [InlineData(0u, "USER")]
    [InlineData(1u << 27, "ECDSA_KEY_P192")]
    public void Purpose_in_two_fields_is_one_purpose(uint word4, string purpose)
    {
        EfuseSnapshot chip = Chip(s_p4, 300, (0, 4, word4));
        Assert.Equal(purpose, Decode(chip, "KEY_PURPOSE_0").Value);
        Assert.Equal(word4 != 0, Decode(chip, "KEY_PURPOSE_0_H").Value);
    }

    [Fact]
    public void Purpose_in_two_fields_is_burned_in_both()
    {
        using EfusePlan plan = Plan(Chip(s_p4, 300), new EfuseValueRequest { Field = "KEY_PURPOSE_1", Value = "CUSTOM_20" });
        uint[] words = [.. Assert.Single(plan.Writes).Words];
        Assert.Equal([4u << 28, 1u << 28], [words[2], words[4]]);
        using EfusePlan old = Plan(Chip(s_p4, 103), new EfuseValueRequest { Field = "KEY_PURPOSE_1", Value = "CUSTOM_20" });
        Assert.Equal(ErrorCode.EfuseValueInvalid, Assert.Single(old.Refusals).Code);
    }

    [Fact]
    public void Purpose_that_older_silicon_has_no_bits_for_is_refused()
    {
        using EfusePlan plan = Plan(Chip(s_p4, 103), new EfuseKeyRequest { Purpose = "CUSTOM_20", Block = "BLOCK_KEY1", Key = Key(1) });
        Assert.Contains("4 bits", Assert.Single(plan.Refusals).Message);
    }

    [Fact]
    public void Digest_for_a_purpose_of_the_users_own_must_stay_readable()
    {
        EfuseKeyRequest digest = new() { Block = "BLOCK_KEY1", Purpose = "CUSTOM_DIGEST_20", Key = Key(1), IsDigest = true };
        using EfusePlan plan = Plan(Chip(s_p4, 300), digest);
        Assert.Empty(plan.Refusals);
        using EfusePlan hidden = Plan(Chip(s_p4, 300), digest, new EfuseProtectionRequest { Name = "BLOCK_KEY1", Protection = EfuseProtection.Read });
        Assert.NotEmpty(hidden.Refusals);
    }

    private static Esp32Efuse Decode(EfuseSnapshot chip, string field) => chip.Decode().Single(decoded => decoded.Name == field);

    private static EfusePlan Plan(EfuseSnapshot chip, params EfuseRequest[] requests) => EfusePlanner.Plan(chip, requests);
}
