namespace Esp32Tools.Simulator.Link;

/// <summary>Something that reaches the chip at a time.</summary>
/// <param name="Arrival">When its last byte is in, in ticks of 100 ns.</param>
/// <param name="Burst">Number of the host's write it came with.</param>
/// <param name="Payload">The frame; null for a brown-out that happens at this point.</param>
internal sealed record InputFrame(long Arrival, int Burst, byte[]? Payload);
