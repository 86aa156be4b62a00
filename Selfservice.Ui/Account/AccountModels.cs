using System.Globalization;
using Selfservice.Sessions;
using Selfservice.Ui.Forms;

namespace Selfservice.Ui.Account;

/// <summary>What the page after sign-in shows.</summary>
internal sealed record WelcomeModel(PersonSummary Person, Session Session, IReadOnlyDictionary<string, string> ProviderNames, string? LogoutUrl);

/// <summary>What the sessions page shows.</summary>
internal sealed record SessionsModel(Session Current, IReadOnlyList<Session> Others, IReadOnlyDictionary<string, string> ProviderNames, string CsrfToken, string? LogoutUrl, SessionsResult Result);

/// <summary>What became of the last form of the sessions page. The names are in its URL.</summary>
internal enum SessionsResult
{
    /// <summary>There was none.</summary>
    None,

    /// <summary>One session was ended.</summary>
    Revoked,

    /// <summary>The other sessions were ended.</summary>
    OthersRevoked,

    /// <summary>The form's CSRF token was not ours or not of today.</summary>
    Refused,
}

/// <summary>A session in words.</summary>
internal static class SessionWords
{
    public static string Device(Session session, PageTexts texts) => UserAgentNames.Describe(Last(session)?.UserAgent, texts);

    public static string? Address(Session session) => NullIfEmpty(Last(session)?.IpAddress);

    public static string? Location(Session session) => NullIfEmpty(Last(session)?.Location);

    public static string Methods(Session session, IReadOnlyDictionary<string, string> providerNames, PageTexts texts) => string.Join(", ", session.AuthenticationMethods
        .Select(m => m.Provider is { } provider ? ProviderMark.Of(provider, providerNames.GetValueOrDefault(provider)).Name : texts.MethodNames.TryGetValue(m.Method, out var name) ? name : m.Method).Distinct());

    public static string Time(DateTimeOffset time, PageTexts texts) => time.UtcDateTime.ToString(texts.TimeFormat, CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static SessionDevice? Last(Session session) => session.Devices is { Count: > 0 } devices ? devices[^1] : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
