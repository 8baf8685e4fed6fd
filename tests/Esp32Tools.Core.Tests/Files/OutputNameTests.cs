using Esp32Tools.Errors;
using Esp32Tools.Files;
using Xunit;

namespace Esp32Tools.Core.Tests.Files;

public sealed class OutputNameTests
{
    [Theory]
    [InlineData("nvs.bin", "NVS.BIN", true)]
    [InlineData("a.bin", "a.bin. .", true)]
    [InlineData("sub/a", "SUB/./a ", true)]
    [InlineData("\u00E9.bin", "e\u0301.bin", true)]
    [InlineData("nul.bin", "NUL.txt", true)]
    [InlineData("com\u00B9", "COM\u00B9.x", true)]
    [InlineData("a.bin", "b.bin", false)]
    [InlineData("com1", "com2", false)]
    [InlineData("null.bin", "null.txt", false)]
    [InlineData("x/a", "y/a", false)]
    public void Names_are_compared_as_the_most_forgetful_file_system_would(string one, string other, bool areSame)
    {
        Assert.Equal(areSame, OutputName.Comparer.Equals(one, other));
        if (areSame)
        {
            Assert.Equal(OutputName.Comparer.GetHashCode(one), OutputName.Comparer.GetHashCode(other));
        }
    }

    [Theory]
    [InlineData("nvs", "nvs.bin")]
    [InlineData("a/b", "a_b.bin")]
    [InlineData("..", "_...bin")]
    [InlineData("", "_.bin")]
    [InlineData("nul", "_nul.bin")]
    [InlineData("COM1.x", "_COM1.x.bin")]
    [InlineData("console", "console.bin")]
    public void Safe_name_leads_nowhere_and_is_no_device(string text, string name) => Assert.Equal(name, OutputName.Safe(text, ".bin"));

    [Theory]
    [InlineData("k.bin", "k.bin")]
    [InlineData("k.bin", "K.BIN")]
    public void One_call_writes_a_file_once_whatever_is_forced(string first, string second)
    {
        using TemporaryFolder folder = new();
        OutputClaims claims = new();
        claims.Write(folder[first], force: true, () => [1]);
        Assert.Equal(ErrorCode.FileExists, Assert.Throws<InputException>(() => claims.RequireFree(folder[second], force: true)).Code);
        InputException error = Assert.Throws<InputException>(() => claims.Write(folder[second], force: true, () => [2]));
        Assert.Equal(ErrorCode.FileExists, error.Code);
        Assert.DoesNotContain("force", error.Advice, System.StringComparison.OrdinalIgnoreCase);
        Assert.Equal([first], folder.Names);
    }

    [Fact]
    public void File_that_could_not_be_made_is_free_again()
    {
        using TemporaryFolder folder = new();
        OutputClaims claims = new();
        Assert.Throws<System.TimeoutException>(() => claims.Write(folder["a"], force: false, () => throw new System.TimeoutException()));
        claims.Write(folder["a"], force: false, () => [1]);
        Assert.Equal(["a"], folder.Names);
    }
}
