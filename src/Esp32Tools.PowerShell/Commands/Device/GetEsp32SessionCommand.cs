using System.Linq;
using System.Management.Automation;
using Esp32Tools.Devices;
using Esp32Tools.Errors;
using Esp32Tools.PowerShell.Completion;
using Esp32Tools.PowerShell.Inputs;
using Esp32Tools.PowerShell.Results;
using Esp32Tools.PowerShell.Runtime;

namespace Esp32Tools.PowerShell.Commands.Device;

/// <summary>Gets the sessions that this process has open.</summary>
[Cmdlet(VerbsCommon.Get, "Esp32Session")]
[OutputType(typeof(Esp32Session))]
public sealed class GetEsp32SessionCommand : Esp32Cmdlet
{
    /// <summary>Names of ports; wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Port")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Words.Ports))]
    public string[] PortName { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in PortName)
        {
            AttemptItem(() => Write(name), name);
        }
    }

    private void Write(string name)
    {
        Esp32Session[] found = [.. OpenSessions.List().Select(Describe).OfType<Esp32Session>().Where(session => Wildcards.MatchAny([name], session.PortName))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            throw new Esp32Exception(ErrorCode.SessionClosed, $"This process has no open session with {name}.", "Connect first.") { Target = name };
        }

        WriteObject(found, enumerateCollection: true);
    }

    private static Esp32Session? Describe(SessionEntry entry) => entry.Session is not { } session ? null : new Esp32Session
    {
        PortName = session.PortName,
        Chip = session.Chip,
        Mac = session.KnownMac,
        Loader = session.Loader,
        BaudRate = session.BaudRate,
        Since = entry.Since,
        State = entry.IsInUse ? "InUse" : session.State,
    };
}
