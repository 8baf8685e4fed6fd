using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Esp32Tools.Errors;
using Xunit;

namespace Esp32Tools.Core.Tests.FactoryData;

/// <summary>Byte for byte what the vendor's utility makes, and no where it says no for a reason.</summary>
public sealed class FactoryVectorTests
{
    public static TheoryData<string> Cases => [.. FactoryVectors.Ids()];

    [Fact]
    public void Sample_becomes_the_files_that_are_known() => FactorySamples.AssertOwnCase();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Table_becomes_the_same_files(string id)
    {
        JsonElement item = FactoryVectors.Case(id);
        var rules = new FactoryRules(item);
        bool isRefused = item.GetProperty("exit_code").GetInt32() != 0;
        if (isRefused && !rules.IsTakenHere)
        {
            Esp32Exception error = FactoryVectors.Refusal(item);
            Assert.Equal(rules.Code, error.Code);
            Assert.NotEmpty(error.Message);
            Assert.NotEmpty(error.Advice);
            return;
        }

        Dictionary<string, byte[]> made = FactoryVectors.Make(item);
        if (isRefused)
        {
            Assert.Equal(2 * rules.Units, made.Count);
            return;
        }

        JsonElement[] outputs = [.. item.GetProperty("outputs").EnumerateArray()];
        Assert.Equal(outputs.Select(output => output.GetProperty("name").GetString()!).Order(), made.Keys.Order());
        Assert.All(outputs, output => Assert.Equal(
            FactoryVectors.Read(output.GetProperty("file").GetString()!), made[output.GetProperty("name").GetString()!]));
    }
}
