namespace Esp32Tools.Devices;

/// <summary>The progress of an operation. Reported on the thread that does the work.</summary>
/// <param name="Operation">The current step, such as <c>Writing app.bin</c>.</param>
/// <param name="Done">Number of bytes done.</param>
/// <param name="Total">Total number of bytes.</param>
/// <param name="Address">Current flash address; null where there is none.</param>
public readonly record struct OperationProgress(string Operation, long Done, long Total, uint? Address = null);
