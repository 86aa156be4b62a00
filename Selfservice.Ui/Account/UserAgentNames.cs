namespace Selfservice.Ui.Account;

/// <summary>A guess at the browser and the system behind a User-Agent header. Order matters: most browsers also claim to be others.</summary>
internal static class UserAgentNames
{
    private static readonly (string Token, string Name)[] _browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("YaBrowser/", "Yandex Browser"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"), ("curl/", "curl"),
    ];

    private static readonly (string Token, string Name)[] _systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    public static string Describe(string? userAgent, PageTexts texts)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
            return texts.UnknownDevice;
        var browser = Find(_browsers, userAgent);
        var system = Find(_systems, userAgent);
        return (browser, system) switch
        {
            ({ } b, { } s) => string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.BrowserOnSystem, b, s),
            ({ } b, null) => b,
            (null, { } s) => s,
            _ => Product(userAgent) ?? texts.UnknownDevice,
        };
    }

    private static string? Find((string Token, string Name)[] known, string userAgent) =>
        Array.Find(known, k => userAgent.Contains(k.Token, StringComparison.Ordinal)).Name;

    // An app of one's own usually calls itself "Name/1.0".
    private static string? Product(string userAgent)
    {
        var end = userAgent.IndexOfAny(['/', ' ', '(']);
        var name = end < 0 ? userAgent : userAgent[..end];
        return name.Length is > 0 and <= 40 ? name : null;
    }
}
