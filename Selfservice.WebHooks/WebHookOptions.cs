namespace Selfservice.WebHooks;

/// <summary>The settings of one web hook: the <c>Config</c> of an entry whose <c>Hook</c> is <c>web_hook</c>.</summary>
public sealed class WebHookOptions
{
    /// <summary>A name for logs, which never show the address; null for a part of the address's hash.</summary>
    public string? Id { get; set; }

    /// <summary>Where to call: an absolute http or https URL. Required.</summary>
    public string? Url { get; set; }

    /// <summary>The HTTP method. Required.</summary>
    public string? Method { get; set; }

    /// <summary>Headers of the call; they win over those that are sent otherwise. <c>Content-Type</c> is <c>application/json</c> (default) or <c>application/x-www-form-urlencoded</c>.</summary>
    public Dictionary<string, string>? Headers { get; set; }

    /// <summary>
    /// The Jsonnet program <c>function(ctx) …</c> that makes the body: <c>base64://</c> with the program, <c>file://</c> with its path, or an http or https URL, which is read when it is first
    /// needed and then once an hour. Required, except for the method <c>TRACE</c>, which has no body.
    /// </summary>
    public string? Body { get; set; }

    /// <summary>How the call proves itself; null for not at all.</summary>
    public WebHookAuthOptions? Auth { get; set; }

    /// <summary>What the answer means; null for nothing but success and failure.</summary>
    public WebHookResponseOptions? Response { get; set; }

    /// <summary>Whether an answer of 400 and above stops the flow with messages. Default: false.</summary>
    public bool CanInterrupt { get; set; }

    /// <summary>Whether each call carries <c>Ory-Webhook-Request-ID</c> and <c>Ory-Webhook-Trigger-ID</c>. Default: true.</summary>
    public bool EmitAnalyticsEvent { get; set; } = true;
}

/// <summary>How a web hook's call proves itself.</summary>
public sealed class WebHookAuthOptions
{
    /// <summary><c>basic_auth</c> or <c>api_key</c>.</summary>
    public string? Type { get; set; }

    /// <summary>The secrets.</summary>
    public WebHookCredentialOptions Config { get; set; } = new();
}

/// <summary>The secrets of a web hook's call.</summary>
public sealed class WebHookCredentialOptions
{
    /// <summary>For <c>basic_auth</c>: the user.</summary>
    public string? User { get; set; }

    /// <summary>For <c>basic_auth</c>: the password.</summary>
    public string? Password { get; set; }

    /// <summary>For <c>api_key</c>: the name of the header or cookie.</summary>
    public string? Name { get; set; }

    /// <summary>For <c>api_key</c>: the key.</summary>
    public string? Value { get; set; }

    /// <summary>For <c>api_key</c>: <c>header</c> or <c>cookie</c>.</summary>
    public string? In { get; set; }
}

/// <summary>What a web hook's answer means.</summary>
public sealed class WebHookResponseOptions
{
    /// <summary>Whether nobody waits for the answer: the call is stored with the flow's change and made in the background until it succeeds. Default: false.</summary>
    public bool Ignore { get; set; }

    /// <summary>Whether the answer may stop the flow with messages and change the identity. Default: false.</summary>
    public bool Parse { get; set; }
}
