using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Something to be burned. A plan takes any number of requests and burns them together.</summary>
public abstract record EfuseRequest
{
    private protected EfuseRequest()
    {
    }

    /// <summary>The key or data in it, overwritten on dispose; null when it holds no secret.</summary>
    public virtual IDisposable? Secret => null;
}
