using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Esp32Tools.PowerShell.Inputs;

/// <summary>
/// The names that one look-up asks for. A name with wildcards may match nothing; one without them names a thing, and it is an
/// error when there is none.
/// </summary>
/// <param name="names">The names.</param>
internal sealed class WantedNames(IEnumerable<string> names)
{
    private readonly string[] _names = [.. names];
    private readonly HashSet<string> _found = [];

    /// <summary>The names without wildcards that nothing has matched so far.</summary>
    public IEnumerable<string> Missing => _names.Where(name => !WildcardPattern.ContainsWildcardCharacters(name) && !_found.Contains(name));

    /// <summary>True for a name that is wanted.</summary>
    /// <param name="candidates">The names that one thing has.</param>
    public bool Match(params string[] candidates)
    {
        string[] matching = [.. _names.Where(name => candidates.Any(candidate => Wildcards.MatchAny([name], candidate)))];
        _found.UnionWith(matching);
        return matching.Length > 0;
    }
}
