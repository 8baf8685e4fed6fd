namespace Esp32Tools.Efuse;

/// <summary>Something to be burned. A plan takes any number of requests and burns them together.</summary>
public abstract record EfuseRequest
{
    private protected EfuseRequest()
    {
    }
}
