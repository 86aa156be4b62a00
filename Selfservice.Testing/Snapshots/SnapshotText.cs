using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;

namespace Selfservice.Testing.Snapshots;

/// <summary>Compares JSON with an approved file, without what differs from run to run.</summary>
public static partial class SnapshotText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The JSON, indented, with ids, times, ports and tokens replaced by words.</summary>
    /// <param name="json">The JSON.</param>
    public static string Scrub(string json)
    {
        var text = JsonNode.Parse(json)?.ToJsonString(Indented) ?? "null";
        text = IdPattern.Replace(text, "(id)");
        text = TimePattern.Replace(text, "(time)");
        text = TokenPattern.Replace(text, "(token)");
        text = CsrfPattern.Replace(text, "\"(csrf)\"");
        return PortPattern.Replace(text, "$1:(port)");
    }

    /// <summary>Fails unless the scrubbed JSON is what the approved file beside the test says; a missing file fails too.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">Tells several snapshots of one test apart; null for one.</param>
    public static void ShouldMatchSnapshot(this string json, string? name = null) => Scrub(json).ShouldMatchApproved(c =>
    {
        if (name is not null)
            c.WithDiscriminator(name);
    });

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern { get; }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern { get; }

    [GeneratedRegex("ory_(?:st|lo)_[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex TokenPattern { get; }

    /// <summary>64 bytes in Base64; the serializer may write a plus sign as an escape.</summary>
    [GeneratedRegex(@"""(?:[A-Za-z0-9/+]|\\u002B){86}==""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CsrfPattern { get; }

    [GeneratedRegex(@"(127\.0\.0\.1):\d+", RegexOptions.CultureInvariant)]
    private static partial Regex PortPattern { get; }
}
