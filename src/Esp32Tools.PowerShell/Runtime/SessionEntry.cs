using System;
using Esp32Tools.Devices;

namespace Esp32Tools.PowerShell.Runtime;

/// <summary>A session in the list of sessions, and who works on it. Its methods are called under the gate of the list.</summary>
internal sealed class SessionEntry(Esp32Device session)
{
    private readonly WeakReference<Esp32Device> _session = new(session);
    private object? _owner;
    private int _uses;

    /// <summary>The session; null when it was collected.</summary>
    public Esp32Device? Session => _session.TryGetTarget(out Esp32Device? session) ? session : null;

    /// <summary>Time at which it was opened.</summary>
    public DateTime Since { get; } = DateTime.Now;

    /// <summary>True while somebody works on it.</summary>
    public bool IsInUse => _uses > 0;

    /// <summary>Takes it for an owner.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="gate">The lock under which the use ends.</param>
    /// <returns>The use; null when another owner has it.</returns>
    public IDisposable? TryTake(object owner, object gate)
    {
        if (IsInUse && !ReferenceEquals(_owner, owner))
        {
            return null;
        }

        _owner = owner;
        _uses++;
        return new Use(this, gate);
    }

    private void GiveBack()
    {
        _uses--;
        _owner = IsInUse ? _owner : null;
    }

    private sealed class Use(SessionEntry entry, object gate) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            lock (gate)
            {
                if (!_isOver)
                {
                    _isOver = true;
                    entry.GiveBack();
                }
            }
        }
    }
}
