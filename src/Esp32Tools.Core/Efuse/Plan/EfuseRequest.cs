using System;

namespace Esp32Tools.Efuse.Plan;

/// <summary>Something to be burned. A plan takes any number of requests and burns them together.</summary>
public abstract record EfuseRequest
{
    private protected EfuseRequest()
    {
    }

    /// <summary>The key or data in it that is overwritten when it is disposed; null when there is nothing secret in it.</summary>
    public virtual IDisposable? Secret => null;
}
