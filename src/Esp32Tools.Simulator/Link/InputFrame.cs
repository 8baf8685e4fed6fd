namespace Esp32Tools.Simulator.Link;

/// <summary>A frame or an event that reaches the chip at a time.</summary>
/// <param name="Arrival">Arrival of its last byte, in ticks of 100 ns.</param>
/// <param name="Burst">Number of the host's write that carried it.</param>
/// <param name="Payload">The frame; null for a brown-out that happens at this point.</param>
internal sealed record InputFrame(long Arrival, int Burst, byte[]? Payload);
