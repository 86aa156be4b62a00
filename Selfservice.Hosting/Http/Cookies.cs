using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Hosting.Http;

/// <summary>What the cookies of this suite share: names, attributes, and how they are read.</summary>
internal sealed class Cookies(IOptions<SelfserviceOptions> options, PublicUrl publicUrl)
{
    private Configuration.CookieOptions Shared => options.Value.Cookies;

    /// <summary>The attributes of a cookie: those of its own, else the shared ones.</summary>
    public Microsoft.AspNetCore.Http.CookieOptions Attributes(HttpRequest request, SessionCookieOptions? own = null)
    {
        var secure = IsSecure(request, own);
        return new()
        {
            HttpOnly = true,
            Secure = secure,
            Path = own?.Path ?? Shared.Path,
            Domain = own?.Domain ?? Shared.Domain,
            // A cookie for other sites that is not bound to HTTPS is refused by browsers.
            SameSite = secure ? Enum.Parse<SameSiteMode>(own?.SameSite ?? Shared.SameSite) : SameSiteMode.Lax,
        };
    }

    /// <summary>The name with the prefix that lets browsers accept it from this host alone, where the attributes allow that.</summary>
    public string Name(HttpRequest request, string name, SessionCookieOptions? own = null) =>
        (own?.Domain ?? Shared.Domain) is null && (own?.Path ?? Shared.Path) == "/" && IsSecure(request, own) ? "__Host-" + name : name;

    private bool IsSecure(HttpRequest request, SessionCookieOptions? own) => own?.Secure ?? Shared.Secure ?? publicUrl.IsSecure(request);

    /// <summary>The different values that the request has for a cookie. More than one means that another site of the domain has set one too.</summary>
    public static IReadOnlyList<string> Values(HttpRequest request, string name)
    {
        List<string>? values = null;
        foreach (var header in request.Headers.Cookie)
        {
            var parts = header.AsSpan();
            foreach (var part in parts.Split(';'))
            {
                var text = parts[part].Trim();
                var equals = text.IndexOf('=');
                if (equals < 0 || !text[..equals].SequenceEqual(name))
                    continue;
                var value = text[(equals + 1)..].Trim('"').ToString();
                if (value.Contains('%', StringComparison.Ordinal))
                    value = Uri.UnescapeDataString(value);
                values ??= [];
                if (!values.Contains(value))
                    values.Add(value);
            }
        }

        return values ?? [];
    }
}
