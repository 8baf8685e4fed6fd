namespace Esp32Tools.Devices;

/// <summary>The loader that answers on the chip.</summary>
public enum LoaderKind
{
    /// <summary>The loader in the mask ROM.</summary>
    Rom,

    /// <summary>The flasher stub, running in RAM.</summary>
    Stub,
}
