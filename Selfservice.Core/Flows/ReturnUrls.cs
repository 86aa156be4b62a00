using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Errors;
using Selfservice.Strategies;

namespace Selfservice.Flows;

/// <summary>Decides where browsers may be sent: the one allow-list checker for every redirect that a client can ask for.</summary>
public sealed partial class ReturnUrls(IOptions<SelfserviceOptions> options)
{
    /// <summary>The longest URL that is looked at, in characters.</summary>
    public const int MaximumLength = 8192;

    /// <summary>Checks where a client asks to be returned to.</summary>
    /// <param name="candidate">What it asks for; null and empty ask for nothing.</param>
    /// <param name="fallback">The URL that fills in a missing scheme and host, and that is meant when nothing is asked for.</param>
    /// <param name="publicUrl">The host's own URL.</param>
    /// <param name="error">Why it is refused; null when it is not.</param>
    /// <returns>Where the browser is to go.</returns>
    public string Resolve(string? candidate, string fallback, string publicUrl, out ErrorObject? error)
    {
        error = null;
        fallback = Absolute(fallback, publicUrl);
        if (string.IsNullOrEmpty(candidate))
            return fallback;

        // What browsers and parsers disagree about is refused as a whole: a tab or a newline is dropped by browsers, a backslash is a slash to them.
        if (candidate.Length > MaximumLength || candidate.AsSpan().ContainsAnyInRange('\0', ' ') || candidate.AsSpan().ContainsAny('\\', '\u007f') || Split(candidate) is not { } url)
        {
            var fault = BadEscape.Match(candidate) is { Success: true } bad ? $"invalid URL escape \"{bad.Value}\"" : "invalid character or length";
            error = ErrorObject.BadRequest($"Unable to parse the return_to query parameter as an URL: parse \"{candidate}\": {fault}");
            return fallback;
        }

        // "///host" and "http:///host" name no host to this program, and that host to a browser.
        if (url.Authority is "")
        {
            error = FlowErrors.ReturnToForbidden(candidate);
            return fallback;
        }

        if (Split(fallback) is { } home)
            url = url with { Scheme = url.Scheme ?? home.Scheme, Authority = string.IsNullOrEmpty(url.Authority) && (url.Scheme is null || url.Path.StartsWith('/')) ? home.Authority : url.Authority };
        if (!IsAllowed(url, publicUrl))
            error = FlowErrors.ReturnToForbidden(url.ToString());
        return url.ToString();
    }

    /// <summary>Where a browser goes after a flow: what it asked for when it began, else what is configured for the method, the flow, or everything.</summary>
    public string After(Flow flow, AfterOptions after, MethodId method, string publicUrl, out ErrorObject? error)
    {
        var configured = after.Methods.GetValueOrDefault(method.Name)?.DefaultBrowserReturnUrl ?? after.DefaultBrowserReturnUrl ?? options.Value.DefaultBrowserReturnUrl;
        return Resolve(flow.ReturnTo, configured, publicUrl, out error);
    }

    /// <summary>
    /// Where a browser goes that submits what only somebody without a session has a use for: the <c>return_to</c> of that request where it leads to another flow here, else the default.
    /// </summary>
    public string WhenSignedIn(ClientContext client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var wanted = Query(client.RequestUrl).FirstOrDefault(p => p.Key == "return_to").Value;
        var location = Resolve(wanted, options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        return forbidden is null && !string.IsNullOrEmpty(wanted) && Split(location) is { } url && Matches(url, client.PublicUrl + "/self-service")
            ? location
            : Absolute(options.Value.DefaultBrowserReturnUrl, client.PublicUrl);
    }

    /// <summary>A URL with more in its query, all of which is written anew in the order of the names.</summary>
    public static string WithQuery(string url, IEnumerable<KeyValuePair<string, string>> added)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var (path, fragment) = hash < 0 ? (url, "") : (url[..hash], url[hash..]);
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        var pairs = Query(path).Concat(added).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{WebUtility.UrlEncode(p.Key)}={WebUtility.UrlEncode(p.Value)}");
        return $"{(mark < 0 ? path : path[..mark])}?{string.Join('&', pairs)}{fragment}";
    }

    /// <summary>A configured URL as clients see it: a path belongs to the host's own URL.</summary>
    public static string Absolute(string configured, string publicUrl) => configured.StartsWith('/') && !configured.StartsWith("//", StringComparison.Ordinal) ? publicUrl + configured : configured;

    private static IEnumerable<KeyValuePair<string, string>> Query(string url)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? [] : url[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => KeyValuePair.Create(WebUtility.UrlDecode(p[0]), p.Length > 1 ? WebUtility.UrlDecode(p[1]) : ""));
    }

    private bool IsAllowed(Parts url, string publicUrl)
    {
        // Userinfo dresses a foreign host up as ours; dot segments leave the allowed path again once a browser resolves them.
        if (url.Scheme is null || string.IsNullOrEmpty(url.Authority) || url.Authority.Contains('@', StringComparison.Ordinal) || DotSegment.IsMatch(url.Path))
            return false;
        return Matches(url, publicUrl + "/self-service") || options.Value.AllowedReturnUrls.Exists(entry => Matches(url, entry)) || IsOwnPage(url, publicUrl);
    }

    private bool IsOwnPage(Parts url, string publicUrl) =>
        Uri.TryCreate(options.Value.DefaultBrowserReturnUrl, UriKind.Relative, out _) && Matches(url, publicUrl);

    private static bool Matches(Parts url, string entry)
    {
        if (Split(entry) is not { Scheme: { } scheme, Authority: { Length: > 0 } host } allowed || !scheme.Equals(url.Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var hostMatches = host.StartsWith("*.", StringComparison.Ordinal)
            ? host.IndexOf('.', 2) > 0 && url.Authority!.Length > host.Length - 1 && url.Authority.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(url.Authority, StringComparison.OrdinalIgnoreCase);
        return hostMatches && (url.Path.Length == 0 ? "/" : url.Path).StartsWith(allowed.Path.Length == 0 ? "/" : allowed.Path, StringComparison.Ordinal);
    }

    private static Parts? Split(string url)
    {
        // RFC 3986, appendix B.
        var match = UrlPattern.Match(url);
        if (!match.Success || BadEscape.IsMatch(url))
            return null;
        return new(Value(1), Value(2), match.Groups[3].Value, match.Groups[4].Value);

        string? Value(int group) => match.Groups[group].Success ? match.Groups[group].Value : null;
    }

    private sealed record Parts(string? Scheme, string? Authority, string Path, string Rest)
    {
        public override string ToString() =>
            (Scheme is null ? "" : Scheme + ":") + (Authority is null ? "" : "//" + Authority) + (Authority is not null && Path.Length > 0 && Path[0] != '/' ? "/" : "") + Path + Rest;
    }

    [GeneratedRegex(@"^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)((?:\?[^#]*)?(?:#.*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPattern { get; }

    [GeneratedRegex(@"(^|/)(\.|%2e){1,2}(/|$)|%2f|%5c|%00", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DotSegment { get; }

    [GeneratedRegex(@"%(?![0-9A-Fa-f]{2}).{0,2}", RegexOptions.CultureInvariant)]
    private static partial Regex BadEscape { get; }
}
