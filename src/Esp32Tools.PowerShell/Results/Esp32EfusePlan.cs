using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;
using Esp32Tools.Results;

namespace Esp32Tools.PowerShell.Results;

/// <summary>
/// A set of burns to make together, on any number of chips. It is not bound to a chip: each burn checks it against its
/// chip. It holds its keys in memory until it is disposed, and shows none.
/// </summary>
public sealed class Esp32EfusePlan : IDisposable
{
    private readonly List<EfuseRequest> _requests = [];

    /// <summary>Descriptions of its items, in the order in which they were added.</summary>
    public ResultList<string> Items => new(_requests.Select(Describe));

    /// <summary>True once its keys were overwritten: it can no longer be burned.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Overwrites the keys in it.</summary>
    public void Dispose()
    {
        foreach (IDisposable key in _requests.Select(request => request.Secret).OfType<IDisposable>())
        {
            key.Dispose();
        }

        _requests.Clear();
        IsDisposed = true;
    }

    /// <inheritdoc/>
    public override string ToString() => _requests.Count == 1 ? Items[0] : $"{_requests.Count} items";

    /// <summary>The items to burn.</summary>
    /// <exception cref="EfuseException"><see cref="ErrorCode.EfusePlanStale"/>: its keys were overwritten.</exception>
    internal IReadOnlyList<EfuseRequest> GetRequests() => !IsDisposed ? _requests : throw new EfuseException(
        ErrorCode.EfusePlanStale, "This plan was disposed: its content is overwritten.", "Make a new plan.");

    /// <summary>Adds an item.</summary>
    internal void Add(IReadOnlyCollection<EfuseRequest> requests)
    {
        _ = GetRequests();
        _requests.AddRange(requests);
    }

    private static string Describe(EfuseRequest request) => request switch
    {
        EfuseKeyRequest key => $"{key.Block ?? "a key block"}: key for {key.Purpose}, {Describe(key.Key)}",
        EfuseSigningKeyRequest signing => $"{signing.Block ?? "a key block"}: key for {signing.Purpose}, of a signing key ({signing.Key.Type})",
        EfuseDataRequest data => $"{data.Block}: {Describe(data.Data)} at byte {data.Offset ?? 0}",
        EfuseProtectionRequest protection => $"{protection.Name}: {(protection.Protection == EfuseProtection.Write ? "write" : "read")} protection",
        EfuseMacRequest mac => $"custom MAC address: {mac.Address}",
        EfuseVoltageRequest voltage => $"flash voltage: {voltage.Voltage}",
        _ => $"{request}: value",
    };

    private static string Describe(EfuseKey key) => $"{key.Length} bytes, SHA-256 {key.Fingerprint}...";
}
