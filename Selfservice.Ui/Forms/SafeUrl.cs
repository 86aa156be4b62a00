namespace Selfservice.Ui.Forms;

/// <summary>Which URLs of nodes reach the markup. A method from a third party must not be able to put a script into a link by mistake.</summary>
internal static class SafeUrl
{
    public static bool IsLink(string url) => Scheme(url) is null or "http" or "https" or "mailto" or "tel";

    public static bool IsImage(string url) => Scheme(url) is null or "http" or "https" || url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase);

    // What browsers strip before they look for a scheme (tab, newline, leading space) is refused altogether.
    private static string? Scheme(string url)
    {
        if (url.AsSpan().ContainsAnyInRange('\0', ' '))
            return "invalid";
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var end = url.IndexOfAny(['/', '?', '#']);
        return colon < 0 || (end >= 0 && end < colon) ? null : url[..colon].ToLowerInvariant();
    }
}
