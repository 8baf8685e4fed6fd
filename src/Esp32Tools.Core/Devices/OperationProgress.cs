namespace Esp32Tools.Devices;

/// <summary>How far an operation is. Reported on the thread that does the work.</summary>
/// <param name="Operation">What is being done, such as <c>Writing app.bin</c>.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes in all.</param>
/// <param name="Address">Flash address at work; null where there is none.</param>
public readonly record struct OperationProgress(string Operation, long Done, long Total, uint? Address = null);
