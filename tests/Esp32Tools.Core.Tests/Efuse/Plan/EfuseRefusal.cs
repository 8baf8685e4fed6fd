using System;
using Esp32Tools.Chips;
using Esp32Tools.Efuse.Plan;
using Esp32Tools.Errors;

namespace Esp32Tools.Core.Tests.Efuse.Plan;

/// <summary>A refusal with the state and the wish that trigger it.</summary>
/// <param name="Name">What is wrong, as a phrase.</param>
/// <param name="Code">Its code.</param>
/// <param name="Requests">The wish.</param>
/// <param name="State">Fields that are set already; null for an empty chip.</param>
/// <param name="Applies">Which chips can get there; null for all.</param>
/// <param name="IsFinal">True when nobody can lift it.</param>
/// <param name="Later">What a later plan of the same procedure burns; null for nothing.</param>
/// <param name="Revision">Silicon revision; null for one that has everything.</param>
internal sealed record EfuseRefusal(
    string Name,
    ErrorCode Code,
    Func<ChipDefinition, EfuseRequest[]> Requests,
    Func<ChipDefinition, (string Field, ulong Value)[]>? State = null,
    Func<ChipDefinition, bool>? Applies = null,
    bool IsFinal = false,
    Func<ChipDefinition, EfuseRequest[]>? Later = null,
    int? Revision = null);
