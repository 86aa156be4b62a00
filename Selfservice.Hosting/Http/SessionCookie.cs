using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Http;

/// <summary>The cookie of a browser's session: its token, when the browser was told that it ends, and, where there are keys for it, a signature of both.</summary>
internal sealed class SessionCookie(Cookies cookies, IOptions<SelfserviceOptions> options, TimeProvider clock)
{
    private readonly byte[][] _keys = [.. options.Value.Secrets.Cookie.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key)))];

    private SessionCookieOptions Options => options.Value.Session.Cookie;

    /// <summary>The token in the request's cookie, and the end that the browser knows (Unix seconds; 0 for none); null without a cookie, or with one that the keys did not sign.</summary>
    public (string Token, long KnownEnd)? Read(HttpRequest request)
    {
        // Of several cookies of the name none can be trusted: another host of the domain may have planted one.
        if (Cookies.Values(request, Name(request)) is not [{ Length: > 0 } value])
            return null;
        if (_keys.Length > 0)
        {
            var signature = value.LastIndexOf('.');
            if (signature < 0 || !IsSigned(value[..signature], value.AsSpan(signature + 1)))
                return null;
            value = value[..signature];
        }

        var dot = value.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? (value, 0) : (value[..dot], long.TryParse(value.AsSpan(dot + 1), CultureInfo.InvariantCulture, out var end) ? end : 0);
    }

    /// <summary>Gives the browser a session's token.</summary>
    public void Write(HttpContext context, string token, Session session)
    {
        var attributes = cookies.Attributes(context.Request, Options);
        if (Options.Persistent)
        {
            var left = session.ExpiresAt - clock.GetUtcNow();
            attributes.MaxAge = TimeSpan.FromSeconds(Math.Max(1, Math.Floor(left.TotalSeconds)));
            attributes.Expires = session.ExpiresAt;
        }

        var value = string.Create(CultureInfo.InvariantCulture, $"{token}.{session.ExpiresAt.ToUnixTimeSeconds()}");
        ResponseCookies.Replace(context.Response, Name(context.Request), _keys.Length == 0 ? value : $"{value}.{Base64Url.EncodeToString(Sign(_keys[0], value))}", attributes);
    }

    /// <summary>Takes it away.</summary>
    public void Delete(HttpContext context)
    {
        var attributes = cookies.Attributes(context.Request, Options);
        attributes.MaxAge = TimeSpan.Zero;
        attributes.Expires = DateTimeOffset.UnixEpoch.AddSeconds(1);
        ResponseCookies.Replace(context.Response, Name(context.Request), "", attributes);
    }

    private bool IsSigned(string value, ReadOnlySpan<char> signature)
    {
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Base64Url.IsValid(signature, out var length) || length != sent.Length)
            return false;
        Base64Url.DecodeFromChars(signature, sent);
        var isSigned = false;
        foreach (var key in _keys)
            isSigned |= CryptographicOperations.FixedTimeEquals(sent, Sign(key, value));
        return isSigned;
    }

    private static byte[] Sign(byte[] key, string value) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes("session\0" + value));

    private string Name(HttpRequest request) => Options.Name ?? cookies.Name(request, "selfservice_session", Options);
}
