namespace Selfservice.Configuration;

/// <summary>Sessions and their cookie.</summary>
public sealed class SessionOptions
{
    /// <summary>How long a session lasts. Default: 24 hours.</summary>
    public TimeSpan Lifespan { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long before its end a session can be extended; null, the default, for at any time.</summary>
    public TimeSpan? EarliestPossibleExtend { get; set; }

    /// <summary>The cookie of a browser's session.</summary>
    public SessionCookieOptions Cookie { get; set; } = new();

    /// <summary>What a session needs to be shown to its owner.</summary>
    public WhoamiOptions Whoami { get; set; } = new();
}

/// <summary>The cookie of a browser's session. What is null comes from <see cref="CookieOptions"/>.</summary>
public sealed class SessionCookieOptions
{
    /// <summary>Its name. Null, the default: <c>selfservice_session</c>, with the prefix <c>__Host-</c> where a browser would honour it.</summary>
    public string? Name { get; set; }

    /// <summary>The domain that it is sent to; null for this host alone.</summary>
    public string? Domain { get; set; }

    /// <summary>The path under which it is sent.</summary>
    public string? Path { get; set; }

    /// <summary>Whether it is sent along from other sites: <c>Lax</c>, <c>Strict</c> or <c>None</c>.</summary>
    public string? SameSite { get; set; }

    /// <summary>Whether it is only sent over HTTPS.</summary>
    public bool? Secure { get; set; }

    /// <summary>Whether it outlives the browser's closing. Default: true.</summary>
    public bool Persistent { get; set; } = true;
}

/// <summary>What a session needs to be shown to its owner.</summary>
public sealed class WhoamiOptions
{
    /// <summary><c>aal1</c>, or <c>highest_available</c> (the default): the second factor too, where the identity has one.</summary>
    public string RequiredAal { get; set; } = "highest_available";
}

/// <summary>What all cookies share.</summary>
public sealed class CookieOptions
{
    /// <summary>The domain that cookies are sent to; null, the default, for this host alone.</summary>
    public string? Domain { get; set; }

    /// <summary>The path under which they are sent. Default: <c>/</c>.</summary>
    public string Path { get; set; } = "/";

    /// <summary>Whether they are sent along from other sites: <c>Lax</c> (the default), <c>Strict</c> or <c>None</c>.</summary>
    public string SameSite { get; set; } = "Lax";

    /// <summary>Whether they are only sent over HTTPS. Null, the default: yes, unless the public URL is http, which is allowed in Development and on loopback only.</summary>
    public bool? Secure { get; set; }
}

/// <summary>How the endpoints are served.</summary>
public sealed class ServeOptions
{
    /// <summary>The endpoints for everybody.</summary>
    public ServePublicOptions Public { get; set; } = new();
}

/// <summary>How the endpoints for everybody are served.</summary>
public sealed class ServePublicOptions
{
    /// <summary>Calls by scripts of other origins.</summary>
    public CorsOptions Cors { get; set; } = new();
}

/// <summary>Calls by scripts of other origins.</summary>
public sealed class CorsOptions
{
    /// <summary>Whether any are answered. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The origins, each with at most one <c>*</c>. Required when enabled.</summary>
    public List<string> AllowedOrigins { get; set; } = [];

    /// <summary>The methods. Default: POST, GET, PUT, PATCH and DELETE.</summary>
    public List<string> AllowedMethods { get; set; } = [];

    /// <summary>The request headers. Default: Authorization, Content-Type, Max-Age, X-Session-Token, X-XSRF-TOKEN and X-CSRF-TOKEN.</summary>
    public List<string> AllowedHeaders { get; set; } = [];

    /// <summary>The answer's headers that scripts may read. Default: Content-Type.</summary>
    public List<string> ExposedHeaders { get; set; } = [];

    /// <summary>Whether cookies are sent along. Default: true.</summary>
    public bool AllowCredentials { get; set; } = true;

    /// <summary>How long a browser remembers the answer to a preflight. Default: not at all.</summary>
    public TimeSpan MaxAge { get; set; }
}
