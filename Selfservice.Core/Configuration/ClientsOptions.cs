namespace Selfservice.Configuration;

/// <summary>How this host calls others.</summary>
public sealed class ClientsOptions
{
    /// <summary>Calls over HTTP to addresses that configuration names.</summary>
    public HttpClientOptions Http { get; set; } = new();

    /// <summary>Calls of web hooks.</summary>
    public WebHookClientOptions WebHook { get; set; } = new();
}

/// <summary>Calls of web hooks.</summary>
public sealed class WebHookClientOptions
{
    /// <summary>The headers of a person's request that web hooks are told. Empty, the default, for those that browsers and proxies commonly send, without cookies and credentials.</summary>
    public List<string> HeaderAllowlist { get; set; } = [];

    /// <summary>How long a person waits for one web hook with all its attempts, at most 55 seconds: answers are given up after a minute. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);
}

/// <summary>Calls over HTTP to addresses that configuration names.</summary>
public sealed class HttpClientOptions
{
    /// <summary>Whether calls to loopback, private and other networks that are not the Internet are refused, whatever a host name resolves to. Default: true.</summary>
    public bool DisallowPrivateIpRanges { get; set; } = true;
}
