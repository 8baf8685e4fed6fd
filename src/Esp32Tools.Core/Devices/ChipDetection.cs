using Esp32Tools.Chips;
using Esp32Tools.Link.Loader.Messages;

namespace Esp32Tools.Devices;

/// <summary>The result of chip detection.</summary>
/// <param name="Chip">The chip.</param>
/// <param name="Security">Its security information; null where the loader has none (ESP32).</param>
public sealed record ChipDetection(ChipDefinition Chip, SecurityInfo? Security);
