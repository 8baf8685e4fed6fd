namespace Esp32Tools.Module.Tests;

/// <param name="Test">Name of the test with those of the blocks around it.</param>
/// <param name="Message">The error.</param>
/// <param name="At">Where it happened.</param>
internal sealed record PesterFailure(string Test, string Message, string At);
