using System;
using System.Text;

namespace Esp32Tools.Link.Loader;

/// <summary>The bytes of a frame as a trace shows them, in groups of four, from front to end.</summary>
internal sealed class TraceHex
{
    /// <summary>The placeholder for a hidden word.</summary>
    public const string Hidden = "********";

    private const int GroupLength = 4;

    private readonly StringBuilder _text = new();
    private readonly byte[] _payload;
    private int _at;

    public TraceHex(byte[] payload) => _payload = payload;

    /// <summary>Shows the next bytes.</summary>
    public void Show(int count) => Add(count, index => _payload[index].ToString("X2"));

    /// <summary>Replaces the next bytes by stars.</summary>
    public void Mask(int count) => Add(count, _ => "**");

    /// <summary>Shows the next bytes, or replaces them by stars.</summary>
    public void ShowOrMask(int count, bool show)
    {
        if (show)
        {
            Show(count);
        }
        else
        {
            Mask(count);
        }
    }

    /// <summary>Shows only the number of the next bytes.</summary>
    public void Skip(int count)
    {
        if (count > 0)
        {
            _at += count;
            Separate();
            _text.Append('(').Append(count).Append(" bytes)");
        }
    }

    /// <summary>Shows only the number of the bytes left.</summary>
    public void SkipRest() => Skip(_payload.Length - _at);

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Add(int count, Func<int, string> digits)
    {
        int end = Math.Min(_at + count, _payload.Length);
        for (int i = 0; _at < end; i++, _at++)
        {
            if (i % GroupLength == 0)
            {
                Separate();
            }

            _text.Append(digits(_at));
        }
    }

    private void Separate()
    {
        if (_text.Length > 0)
        {
            _text.Append(' ');
        }
    }
}
