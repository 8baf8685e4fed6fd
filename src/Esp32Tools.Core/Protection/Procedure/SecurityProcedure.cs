using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Esp32Tools.Devices;
using Esp32Tools.Efuse.Burn;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;

namespace Esp32Tools.Protection.Procedure;

/// <summary>
/// A security procedure on one device, completely checked and planned before any irreversible action, then carried out stage by
/// stage. Settings already in effect are kept, so an interrupted procedure continues where it stopped, and a finished one does
/// nothing. Holds keys until it is disposed, and shows none.
/// </summary>
public sealed class SecurityProcedure : IDisposable
{
    // Refusals that apply only to the stages before the last one.
    private static readonly ErrorCode[] s_aboutLater = [ErrorCode.EfuseNeededLater, ErrorCode.LoaderNeededLater];

    private readonly Esp32Device _device;
    private readonly ProcedureStage[] _stages;
    private readonly EfusePlanOptions _options;
    private readonly IReadOnlyList<IDisposable> _owned;

    private SecurityProcedure(
        Esp32Device device, EfuseSnapshot snapshot, ProcedureStage[] stages, EfusePlanOptions options, IReadOnlyList<string> warnings, IReadOnlyList<IDisposable> owned)
    {
        _device = device;
        _stages = stages;
        _options = options;
        _owned = owned;
        List<SecurityStep> steps = [];
        List<Esp32Exception> refusals = [];
        int known = 0;
        for (int i = 0; i < stages.Length; i++)
        {
            // The lines of a plan are in the order of its requests, so those of a stage are what it adds to the plan of all
            // stages before it: free blocks and shared protection bits come out as they will be burned.
            using EfusePlan plan = EfusePlanner.Plan(snapshot, stages.Take(i + 1).OfType<EfuseStage>().SelectMany(stage => stage.Shown), OptionsOf(i));
            EfusePlanStep[] lines = [.. plan.Steps.Skip(known)];
            known = plan.Steps.Count;
            steps.Add(Step(i, PlannedStatus(stages[i], lines), stages[i].PlannedText ?? stages[i].Text) with { Efuses = new(lines), Proof = PlannedProof(stages[i], lines).ToString() });
            bool isLast = i == stages.Length - 1;
            refusals.AddRange(plan.Refusals.Where(refusal => isLast || s_aboutLater.Contains(refusal.Code)));
            warnings = isLast ? [.. warnings, .. plan.Warnings] : warnings;
        }

        Steps = [.. steps];
        Warnings = [.. warnings];
        Refusals = [.. refusals];
    }

    /// <summary>The steps, in order, including those already in effect.</summary>
    public SecurityStep[] Steps { get; }

    /// <summary>Why the eFuses cannot be burned as planned; empty when they can. One refusal blocks the whole procedure.</summary>
    public Esp32Exception[] Refusals { get; }

    /// <summary>Warnings: allowed but rarely intended, or unknown.</summary>
    public string[] Warnings { get; }

    /// <summary>True when there is nothing left to do.</summary>
    public bool IsDone => Steps.All(step => step.Status != nameof(SecurityStepStatus.Planned));

    /// <summary>Plans stages. Touches nothing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="snapshot">Its eFuses as they are now.</param>
    /// <param name="stages">The stages, in order.</param>
    /// <param name="options">The lifted refusals of the eFuse plan.</param>
    /// <param name="warnings">Warnings so far.</param>
    /// <param name="owned">Objects to dispose with the procedure: keys, and ciphers made from them.</param>
    internal static SecurityProcedure Plan(
        Esp32Device device,
        EfuseSnapshot snapshot,
        IReadOnlyList<ProcedureStage> stages,
        EfusePlanOptions options,
        IReadOnlyList<string>? warnings = null,
        IReadOnlyList<IDisposable>? owned = null) =>
        new(device, snapshot, [.. stages], options, warnings ?? [], owned ?? []);

    /// <summary>Carries it out. Returns each step as it completes; the first failure ends it.</summary>
    /// <param name="progress">Receives the progress of a step; null for none.</param>
    /// <param name="cancellationToken">Cancels between the steps and during flash writes, never during a burn.</param>
    /// <exception cref="Esp32Exception">The first of <see cref="Refusals"/>, before anything is done.</exception>
    /// <exception cref="EfuseException">A burn failed, or was refused in the current state of the chip.</exception>
    public IEnumerable<SecurityStep> Run(Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        if (Refusals.FirstOrDefault() is { } refusal)
        {
            throw refusal;
        }

        return RunAll(progress, cancellationToken);
    }

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        foreach (IDisposable secret in Requests(_stages).Select(request => request.Secret).OfType<IDisposable>().Concat(_owned))
        {
            secret.Dispose();
        }
    }

    private IEnumerable<SecurityStep> RunAll(Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _stages.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Steps[i].Status != nameof(SecurityStepStatus.Planned) ? Steps[i]
                : _stages[i] is EfuseStage stage ? Burn(i, stage, cancellationToken)
                : Act(i, (ActionStage)_stages[i], progress, cancellationToken);
        }
    }

    private SecurityStep Act(int index, ActionStage stage, Action<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        StageOutcome outcome = stage.Run!(progress, cancellationToken);
        return Step(index, outcome.Status, outcome.Text) with { Proof = outcome.Proof.ToString() };
    }

    private SecurityStep Burn(int index, EfuseStage stage, CancellationToken cancellationToken)
    {
        EfuseSnapshot snapshot = EfuseReader.Read(_device.GetLoader(), _device.GetChip(), cancellationToken);
        using EfusePlan plan = EfusePlanner.Plan(snapshot, stage.Requests, OptionsOf(index));
        EfusePlanStep[] lines = [.. plan.Steps];
        int crystalMHz = _device.ReadIdentity(cancellationToken).CrystalMHz;
        EfuseBurnResult result = EfuseBurner.Burn(_device.GetLoader(), _device.GetTransport().Clock, _device.GetChip(), crystalMHz, plan, cancellationToken);
        return Step(index, result.Changed ? SecurityStepStatus.Done : SecurityStepStatus.AlreadySo, stage.Text) with
        {
            Efuses = new(lines),
            Proof = result.Verified ? nameof(SecurityProof.ReadBack) : nameof(SecurityProof.NotVerifiable),
        };
    }

    private SecurityStep Step(int index, SecurityStepStatus status, string text) => new()
    {
        PortName = _device.PortName,
        Chip = _device.GetChip().Name,
        Number = index + 1,
        Name = _stages[index].Name,
        Status = status.ToString(),
        Text = text,
    };

    // No stage may lock fields that a later stage burns, or close the loader that it needs.
    private EfusePlanOptions OptionsOf(int index) => _options with
    {
        Later = [.. Requests(_stages.Skip(index + 1))],
        NeedsLoaderAfter = _stages.Skip(index + 1).Any(stage => stage is ActionStage { Run: not null }),
    };

    private static IEnumerable<EfuseRequest> Requests(IEnumerable<ProcedureStage> stages) => stages.OfType<EfuseStage>().SelectMany(stage => stage.Requests);

    private static SecurityStepStatus PlannedStatus(ProcedureStage stage, EfusePlanStep[] lines) => stage switch
    {
        ActionStage { Run: null } action => action.Status,
        EfuseStage when lines.All(line => line.IsDone) => SecurityStepStatus.AlreadySo,
        _ => SecurityStepStatus.Planned,
    };

    private static SecurityProof PlannedProof(ProcedureStage stage, EfusePlanStep[] lines) => stage switch
    {
        ActionStage { Run: null } action => action.Proof,
        EfuseStage when lines.All(line => line.IsDone) => SecurityProof.ReadBack,
        _ => SecurityProof.None,
    };
}
