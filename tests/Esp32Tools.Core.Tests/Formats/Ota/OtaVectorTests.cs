using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Formats.Ota;
using Xunit;

namespace Esp32Tools.Core.Tests.Formats.Ota;

/// <summary>The choices of the bootloader's own functions, and the writes of the vendor's tool.</summary>
public sealed class OtaVectorTests
{
    // One that is always there; the others come from the shared cases.
    private const string Own = "own";

    public static TheoryData<string> Cases => [Own, .. OtaVectors.Ids];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Entries_are_taken_apart(string id)
    {
        if (id == Own)
        {
            OtaEntry own = OtaSamples.Data((2, OtaState.Valid), null).Entries[0];
            Assert.Equal((2u, OtaState.Valid, 0x55F6_3774u, true, true), (own.Sequence, own.State, own.Crc, own.IsCrcValid, own.IsUsable));
            return;
        }

        JsonElement item = OtaVectors.Case(id);
        foreach ((OtaEntry entry, JsonElement copy) in OtaVectors.Data(item).Entries.Zip(item.GetProperty("copies").EnumerateArray()))
        {
            Assert.Equal(copy.GetProperty("sequence").GetUInt32(), entry.Sequence);
            Assert.Equal(copy.GetProperty("state").GetUInt32(), (uint)entry.State);
            Assert.Equal(copy.GetProperty("crc").GetUInt32(), entry.Crc);
            Assert.Equal(copy.GetProperty("crc_valid").GetBoolean(), entry.IsCrcValid);
            Assert.Equal(copy.GetProperty("usable").GetBoolean(), entry.IsUsable);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Choice_is_that_of_the_bootloader(string id)
    {
        if (id == Own)
        {
            Assert.Equal("ota_1", OtaVectors.Words(OtaSamples.Data((1, OtaState.Undefined), (2, OtaState.New)).Decide(OtaVectors.Layout("factory+2"))));
            return;
        }

        JsonElement item = OtaVectors.Case(id);
        OtaData data = OtaVectors.Data(item);
        foreach (JsonElement boot in item.GetProperty("boot").EnumerateArray())
        {
            OtaLayout layout = OtaVectors.Layout(boot.GetProperty("layout").GetString()!);
            foreach ((string name, bool withRollback) in new[] { ("without_rollback", false), ("with_rollback", true) })
            {
                JsonElement expected = boot.GetProperty(name);
                OtaDecision decision = data.Decide(layout, withRollback);
                Assert.Equal(expected.GetProperty("selected").GetString(), OtaVectors.Words(decision));
                Assert.Equal(expected.GetProperty("initial_contents").GetBoolean(), decision.WritesFirst);
                Assert.Matches(@"^[A-Z].*\.$", decision.Reason);
                if (expected.TryGetProperty("copies_after", out JsonElement after))
                {
                    Assert.Equal(
                        after.EnumerateArray().Select(copy => (copy.GetProperty("sequence").GetUInt32(), copy.GetProperty("state").GetUInt32())),
                        decision.After.Entries.Select(entry => (entry.Sequence, (uint)entry.State)));
                }
                else
                {
                    Assert.Equal(data.ToBytes(), decision.After.ToBytes());
                }
            }
        }
    }

    // The tool may write over the copy that decides, keeps the state of the entry before, and writes a slot that boots already
    // once more. Where none of that plays a part the bytes are the same.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Switch_boots_the_slot_and_writes_what_the_tool_writes_where_that_is_sound(string id)
    {
        if (id == Own)
        {
            OtaChange own = OtaSwitch.To(OtaSamples.Data((1, OtaState.Undefined), null), OtaVectors.Layout("factory+2"), 1);
            Assert.Equal(Convert.FromHexString($"02000000{new string('f', 48)}7437f655"), own.After.ToBytes(1)[..32]);
            return;
        }

        JsonElement item = OtaVectors.Case(id);
        OtaData data = OtaVectors.Data(item);
        bool areStatesPlain = data.Entries.All(entry => entry.State is OtaState.Undefined && entry.Sequence != 0);
        foreach (JsonElement expected in item.GetProperty("switch").EnumerateArray())
        {
            OtaLayout layout = OtaVectors.Layout(expected.GetProperty("layout").GetString()!);
            int slot = expected.GetProperty("to").GetInt32();
            OtaChange change = OtaSwitch.To(data, layout, slot);
            Assert.Equal($"ota_{slot}", OtaVectors.Words(change.After.Decide(layout)));
            OtaDecision before = data.Decide(layout);
            bool isLabelPlain = id != "37";
            if (areStatesPlain && isLabelPlain && (before.Copy is null || before.Slot != slot))
            {
                IEnumerable<string> heads = Enumerable.Range(0, 2).Select(copy => Convert.ToHexStringLower(change.After.ToBytes(copy)[..32]));
                Assert.Equal(expected.GetProperty("heads").EnumerateArray().Select(head => head.GetString()), heads);
            }
        }
    }
}
