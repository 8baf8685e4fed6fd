using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Esp32Tools.Compat;

namespace Esp32Tools.Formats.Nvs;

/// <summary>
/// What esp-idf-nvs-partition-gen 0.2.0 does beyond what its CSV says, for who needs its very bytes:
/// <list type="bullet">
/// <item>values behind a namespace that is named again go into the last namespace that was new, not into the one that is named;</item>
/// <item>behind the first <c>sta.ssid</c> or <c>sta.pswd</c> come <c>sta.apinfo</c>, <c>sta.pmk</c> and <c>sta.apsw</c>, empty;</item>
/// <item>
/// once <c>ap.ssid</c>, <c>ap.passwd</c> and an <c>ap.authmode</c> other than 0 are known, <c>ap.pmk_info</c> comes before each of
/// them, with the key that WPA2 makes of the first two.
/// </item>
/// </list>
/// One object goes with one image, over all tables that make it.
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

    /// <summary>Where the values behind a namespace row go.</summary>
    internal string Enter(string nameSpace)
    {
        if (_namespaces.Add(nameSpace))
        {
            _lastNew = nameSpace;
        }

        return _lastNew ?? nameSpace;
    }

    /// <summary>A value with what comes before and behind it.</summary>
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
