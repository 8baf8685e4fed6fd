using System;
using System.Diagnostics.CodeAnalysis;

namespace Esp32Tools.Link.Transport;

/// <summary>
/// Closes a port when nobody holds its session any more. All parts of a session that reach the port hold this object, so none
/// of them can lose the port to the garbage collector while it works.
/// </summary>
internal sealed class PortHold(ISerialTransport transport)
{
    /// <summary>Gives the port back.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "An exception in a finalizer ends the process.")]
    ~PortHold()
    {
        try
        {
            transport.Dispose();
        }
        catch (Exception)
        {
            // A port that cannot be closed is as good as closed: nobody is left who could be told.
        }
    }

    /// <summary>The owner closes the port itself.</summary>
    public void Release() => GC.SuppressFinalize(this);
}
