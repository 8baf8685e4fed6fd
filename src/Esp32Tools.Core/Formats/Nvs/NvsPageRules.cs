using System.Collections.Generic;

namespace Esp32Tools.Formats.Nvs;

/// <summary>Rules for the header of a page.</summary>
internal static class NvsPageRules
{
    private const string LostAdvice = "The firmware erases the page when it starts; what was in it is lost.";

    public static IEnumerable<NvsFinding> Check(NvsPage page)
    {
        switch (page.State)
        {
            case nameof(NvsPageState.Unused):
                if (!page.IsBlank)
                {
                    yield return Found(NvsFindingSeverity.Warning, "NotBlank", "is marked as unused and is not blank.", LostAdvice);
                }

                yield break;
            case nameof(NvsPageState.Corrupt):
                yield return Found(NvsFindingSeverity.Error, "Corrupt", "is marked as corrupt.", LostAdvice);
                yield break;
            case nameof(NvsPageState.Unknown):
                yield return Found(NvsFindingSeverity.Error, "PageState", "has a state that does not exist.", LostAdvice);
                yield break;
            case nameof(NvsPageState.Freeing):
                yield return Found(
                    NvsFindingSeverity.Warning, "Freeing", "was being moved when the power failed.", "The firmware finishes that when it starts.");
                break;
            default:
                break;
        }

        if (!page.IsHeaderIntact)
        {
            yield return Found(NvsFindingSeverity.Error, "HeaderCrc", "has a header with a wrong CRC.", LostAdvice);
        }
        else if (page.Version == 0)
        {
            yield return Found(
                NvsFindingSeverity.Error, "Version", "has a format version that does not exist.", "The firmware refuses the partition (ESP_ERR_NVS_NEW_VERSION_FOUND).");
        }

        NvsFinding Found(NvsFindingSeverity severity, string id, string text, string advice) => new()
        {
            Severity = severity.ToString(),
            Id = id,
            Page = page.Index,
            Offset = page.Offset,
            Text = $"Page {page.Index} {text}",
            Advice = advice,
        };
    }
}
