namespace Esp32Tools.Devices;

/// <summary>Which loader answers on the chip.</summary>
public enum LoaderKind
{
    /// <summary>The one in its mask ROM.</summary>
    Rom,

    /// <summary>The flasher stub, running in RAM.</summary>
    Stub,
}
