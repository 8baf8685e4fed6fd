using System.Linq;
using Esp32Tools.Compat;
using Xunit;

namespace Esp32Tools.Core.Tests.Compat;

public sealed class JsonTextTests
{
    [Fact]
    public void Values_keep_their_kind_text_and_line()
    {
        JsonValue root = JsonText.Parse("{ \"a\": [1, -2.5e+3, true, null],\n \"b\": \"x\\n\\u0041\\\"\", \"c\": {} }");
        Assert.Equal(JsonKind.Table, root.Kind);
        Assert.Equal(["a", "b", "c"], root.Members.Select(member => member.Key));
        Assert.Equal([JsonKind.Number, JsonKind.Number, JsonKind.Boolean, JsonKind.Null], root["a"]!.Items.Select(item => item.Kind));
        Assert.Equal("-2.5e+3", root["a"]!.Items[1].Text);
        Assert.Equal("x\nA\"", root["b"]!.Text);
        Assert.Equal((1, 2), (root["a"]!.Line, root["b"]!.Line));
        Assert.Null(root["d"]);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n\"a\": 1,\n}", 3)]
    [InlineData("[1 2]", 1)]
    [InlineData("[1,]", 1)]
    [InlineData("[01]", 1)]
    [InlineData("[1.]", 1)]
    [InlineData("[+1]", 1)]
    [InlineData("[nulls]", 1)]
    [InlineData("\"a\nb\"", 1)]
    [InlineData("\"\\x\"", 1)]
    [InlineData("\"\\u12\"", 1)]
    [InlineData("\"", 1)]
    [InlineData("{ 'a': 1 }", 1)]
    [InlineData("{ \"a\": 1,\n \"a\": 2 }", 2)]
    [InlineData("[1]\n[2]", 2)]
    public void What_is_no_json_is_refused_with_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Throws<JsonTextException>(() => JsonText.Parse(text)).Line);

    [Fact]
    public void Depth_has_a_limit() => Assert.Contains(
        "deep", Assert.Throws<JsonTextException>(() => JsonText.Parse(new string('[', 100_000))).What);
}
