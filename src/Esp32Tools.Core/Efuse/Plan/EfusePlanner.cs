using System;
using System.Collections.Generic;
using System.Linq;
using Esp32Tools.Efuse.Fields;
using Esp32Tools.Errors;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Plans a burn from a snapshot alone.</summary>
public static class EfusePlanner
{
    /// <summary>
    /// Plans requests as one burn. <see cref="EfusePlan.Refusals"/> holds all refusals; with any refusal, no part of the plan
    /// can be burned.
    /// </summary>
    /// <param name="snapshot">The state of the chip.</param>
    /// <param name="requests">The requests.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="Esp32Exception">
    /// <see cref="ErrorCode.ValueInvalid"/>: the options name a refusal that cannot be lifted.
    /// </exception>
    public static EfusePlan Plan(EfuseSnapshot snapshot, IEnumerable<EfuseRequest> requests, EfusePlanOptions? options = null)
    {
        if (snapshot is null)
        {
            throw new ArgumentNullException(nameof(snapshot));
        }

        if (requests is null)
        {
            throw new ArgumentNullException(nameof(requests));
        }

        options ??= new EfusePlanOptions();
        EfuseBurnQueue queue = new(snapshot, options);
        List<EfuseRequest> all = [.. requests];
        foreach (EfuseKeyPlacement request in all.OfType<EfuseKeyPlacement>())
        {
            queue.Keep(request.Block);
        }

        foreach (EfuseRequest request in all)
        {
            try
            {
                Plan(queue, request);
            }
            catch (EfuseException refusal)
            {
                queue.Refuse(refusal);
            }
        }

        return queue.Close();
    }

    private static void Plan(EfuseBurnQueue queue, EfuseRequest request)
    {
        switch (request)
        {
            case EfuseSigningKeyRequest signing:
                EfuseKeyRequest derived = SigningKeyPlanner.Derive(queue, signing);
                using (derived.Key)
                {
                    Plan(queue, derived);
                }

                break;
            case EfuseKeyRequest key when KeyPurposeLookup.FindSplit(queue.Chip, key.Purpose) is { } split:
                SplitKeyPlanner.Plan(queue, key, split);
                break;
            case EfuseKeyRequest key:
                new KeyPlanner(queue).Plan(key);
                break;
            case EfuseValueRequest value:
                new FieldPlanner(queue).Plan(value);
                break;
            case EfuseMacRequest mac:
                new FieldPlanner(queue).Plan(mac);
                break;
            case EfuseVoltageRequest voltage:
                new FieldPlanner(queue).Plan(voltage);
                break;
            case EfuseBitRequest bits:
                BlockPlanner.Plan(queue, bits);
                break;
            case EfuseDataRequest data:
                BlockPlanner.Plan(queue, data);
                break;
            case EfuseProtectionRequest protection:
                ProtectionPlanner.Plan(queue, protection);
                break;
            default:
                throw new ArgumentException($"'{request?.GetType().Name}' is no request that is known here.", nameof(request));
        }
    }
}
