using System.Text.RegularExpressions;

namespace Selfservice.Schemas;

/// <summary>URIs (RFC 3986), IRIs (RFC 3987) and URI templates (RFC 6570).</summary>
internal static partial class UriFormats
{
    public static bool IsUri(string value) => Uri().Match(value) is { Success: true } match && match.Groups["scheme"].Success && HasValidHost(match);

    public static bool IsUriReference(string value) => Uri().Match(value) is { Success: true } match && HasValidHost(match);

    public static bool IsIri(string value) => IsUri(AsciiOnly(value));

    public static bool IsIriReference(string value) => IsUriReference(AsciiOnly(value));

    public static bool IsTemplate(string value) => Template().IsMatch(value);

    // Every character that an IRI may have and a URI may not stands where a letter may stand.
    private static string AsciiOnly(string value) => string.Concat(value.EnumerateRunes().Select(r =>
        r.Value >= 0xA0 && r.Value is not (>= 0xE000 and <= 0xF8FF) && System.Text.Rune.GetUnicodeCategory(r) != System.Globalization.UnicodeCategory.Format ? "x" : r.ToString()));

    private static bool HasValidHost(Match match) =>
        !match.Groups["ip"].Success || HostFormats.IsIPv6(match.Groups["ip"].Value) || FutureAddress().IsMatch(match.Groups["ip"].Value);

    [GeneratedRegex(
        """
        \A(?:(?<scheme>[A-Za-z][A-Za-z0-9+.\-]*):|(?![^/?\#]*:))
        (?:
          //(?:(?:[A-Za-z0-9\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*@)?
          (?:\[(?<ip>[^\]]*)\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)
          (?::[0-9]*)?(?=[/?\#]|\z)
          |(?!//)
        )
        (?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*
        (?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?
        (?:\#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Uri();

    [GeneratedRegex(@"\A[vV][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+\z", RegexOptions.None, 1000)]
    private static partial Regex FutureAddress();

    private const string TemplateVariable = @"(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+(?:\.(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})+)*(?::[1-9][0-9]{0,3}|\*)?";

    [GeneratedRegex(
        @"\A(?:[^\x00-\x20""<>\\^`{|}%\x7F]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?" + TemplateVariable + "(?:," + TemplateVariable + @")*\})*\z",
        RegexOptions.None,
        1000)]
    private static partial Regex Template();
}
