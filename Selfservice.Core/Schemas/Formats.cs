using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <summary>The formats that are enforced. A format of the drafts that is not is refused when a schema is loaded; one that nobody knows says nothing.</summary>
internal static partial class Formats
{
    private static readonly Dictionary<string, Func<string, bool>> Known = new(StringComparer.Ordinal)
    {
        ["email"] = EmailFormat.IsEmail,
        ["email_loose"] = EmailFormat.IsLoose,
        ["tel"] = text => InternationalPhone.ToE164(text, out _) is not null,
        ["date"] = TimeFormats.IsDate,
        ["time"] = TimeFormats.IsTime,
        ["date-time"] = TimeFormats.IsDateTime,
        ["uri"] = UriFormats.IsUri,
        ["iri"] = UriFormats.IsIri,
        ["uri-reference"] = UriFormats.IsUriReference,
        ["uriref"] = UriFormats.IsUriReference,
        ["iri-reference"] = UriFormats.IsIriReference,
        ["uri-template"] = UriFormats.IsTemplate,
        ["hostname"] = HostFormats.IsHostname,
        ["ipv4"] = HostFormats.IsIPv4,
        ["ip-address"] = HostFormats.IsIPv4,
        ["ipv6"] = HostFormats.IsIPv6,
        ["regex"] = EcmaPattern.IsValid,
        ["json-pointer"] = text => Pointer().IsMatch(text),
        ["relative-json-pointer"] = text => RelativePointer().IsMatch(text),
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    };

    public static Func<string, bool>? Find(string format, out bool isRefused)
    {
        isRefused = format is "idn-email" or "idn-hostname" or "duration";
        return Known.GetValueOrDefault(format);
    }

    [GeneratedRegex(@"\A(?:/(?:[^~/]|~[01])*)*\z", RegexOptions.None, 1000)]
    private static partial Regex Pointer();

    [GeneratedRegex(@"\A(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)\z", RegexOptions.None, 1000)]
    private static partial Regex RelativePointer();
}
