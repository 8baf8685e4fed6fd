using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// Behaviour of esp-idf-nvs-partition-gen 0.2.0 that its CSV does not ask for, for users who need identical bytes:
/// <list type="bullet">
/// <item>values after a repeated namespace row go into the last new namespace, not into the repeated one;</item>
/// <item>after the first <c>sta.ssid</c> or <c>sta.pswd</c> come <c>sta.apinfo</c>, <c>sta.pmk</c> and <c>sta.apsw</c>,
/// empty;</item>
/// <item>
/// once <c>ap.ssid</c>, <c>ap.passwd</c> and an <c>ap.authmode</c> other than 0 are known, <c>ap.pmk_info</c> comes before each of
/// them, with the key that WPA2 derives from the first two.
/// </item>
/// </list>
/// Use one object per image, for all tables that go into it.
/// </summary>
public sealed class NvsGeneratorQuirks
{
    private const int PskIterations = 4096;
    private const int PskLength = 32;
    private const int BeforePsk = 100;

    private static readonly string[] s_stationKeys = ["sta.ssid", "sta.pswd"];

    private readonly HashSet<string> _namespaces = [];
    private string? _lastNew;
    private bool _hasStationExtras;
    private string _ssid = string.Empty;
    private string _password = string.Empty;
    private bool _isSecured;

    /// <summary>The namespace for the values after a namespace row.</summary>
    internal string Enter(string nameSpace)
    {
        if (_namespaces.Add(nameSpace))
        {
            _lastNew = nameSpace;
        }

        return _lastNew ?? nameSpace;
    }

    /// <summary>A value, with the items before and after it.</summary>
    /// <param name="item">The value.</param>
    /// <param name="text">Its text in the table.</param>
    internal IEnumerable<NvsItem> Expand(NvsItem item, string text)
    {
        if (Note(item.Key, text) && _isSecured && _ssid.Length > 0 && _password.Length > 0)
        {
            byte[] psk = Pbkdf2.Derive(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(_password), Encoding.UTF8.GetBytes(_ssid), PskIterations, PskLength);
            yield return NvsItem.Of(item.Namespace, "ap.pmk_info", new byte[BeforePsk].Concat(psk).ToArray());
        }

        yield return item;
        if (!_hasStationExtras && s_stationKeys.Contains(item.Key))
        {
            _hasStationExtras = true;
            yield return NvsItem.Of(item.Namespace, "sta.apinfo", Enumerable.Repeat(byte.MaxValue, 140).ToArray());
            yield return NvsItem.Of(item.Namespace, "sta.pmk", new byte[PskLength]);
            yield return NvsItem.Of(item.Namespace, "sta.apsw", new byte[2]);
        }
    }

    private bool Note(string key, string text)
    {
        switch (key)
        {
            case "ap.ssid":
                _ssid = text;
                return true;
            case "ap.passwd":
                _password = text;
                return true;
            case "ap.authmode":
                _isSecured |= text is not ("0" or "");
                return true;
            default:
                return false;
        }
    }
}
