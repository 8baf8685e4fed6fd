using System;
using System.Text;

namespace Esp32Tools.Link.Loader;

/// <summary>The bytes of a frame as a trace shows them, in groups of four; goes through them from front to end.</summary>
internal sealed class TraceHex
{
    /// <summary>What stands for a word that is not shown.</summary>
    public const string Hidden = "********";

    private const int GroupLength = 4;

    private readonly StringBuilder _text = new();
    private readonly byte[] _payload;
    private int _at;

    public TraceHex(byte[] payload) => _payload = payload;

    /// <summary>Shows the next bytes.</summary>
    public void Show(int count) => Add(count, index => _payload[index].ToString("X2"));

    /// <summary>Puts stars for the next bytes.</summary>
    public void Mask(int count) => Add(count, _ => "**");

    /// <summary>Shows the next bytes or puts stars for them.</summary>
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

    /// <summary>Says how many the next bytes are and no more.</summary>
    public void Skip(int count)
    {
        if (count > 0)
        {
            _at += count;
            Separate();
            _text.Append('(').Append(count).Append(" bytes)");
        }
    }

    /// <summary>Says how many bytes are left and no more.</summary>
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
