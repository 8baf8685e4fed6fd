using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>Refuses the name of a port where a cmdlet takes something else first, and names the parameter of devices.</summary>
public sealed class NotAPortAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (PortText.Hint(element) is { } hint)
        {
            throw new ValidationMetadataException(hint);
        }
    }
}
