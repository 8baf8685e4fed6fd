using System.Collections.Generic;
using Esp32Tools.Efuse;

namespace Esp32Tools.Procedures;

/// <summary>
/// A stage that burns eFuses in one go. Its requests are planned twice: together with those of all other stages before
/// anything happens, and alone when its turn comes, because what was burned before has changed the chip.
/// </summary>
/// <param name="Name">What it is, in one word.</param>
/// <param name="Text">What it does, in words.</param>
/// <param name="Requests">What is to be burned. Keys in them are cleared with the procedure.</param>
internal sealed record EfuseStage(string Name, string Text, IReadOnlyList<EfuseRequest> Requests) : ProcedureStage(Name, Text);
