namespace Selfservice.Courier;

/// <summary>How an e-mail leaves.</summary>
public enum DeliveryStrategy
{
    /// <summary>By SMTP, as <see cref="CourierOptions.Smtp"/> says.</summary>
    Smtp,

    /// <summary>By a request to an HTTP API, as <see cref="CourierOptions.Http"/> says.</summary>
    Http,
}

/// <summary>Mail and text messages: the configuration section <c>Selfservice:Courier</c>.</summary>
public sealed class CourierOptions
{
    /// <summary>How an e-mail leaves. Default: <see cref="DeliveryStrategy.Smtp"/>.</summary>
    public DeliveryStrategy DeliveryStrategy { get; set; }

    /// <summary>The SMTP server.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>The HTTP API for e-mails.</summary>
    public HttpDeliveryOptions Http { get; set; } = new();

    /// <summary>Channels other than e-mail, such as text messages. Default: none.</summary>
    public List<ChannelOptions> Channels { get; set; } = [];

    /// <summary>How often a failed message is tried again, 0 to 100. Default 5: at 1, 6, 36, 216 and 1,296 seconds after each failure, give or take a fifth, never more than an hour apart.</summary>
    public int MessageRetries { get; set; } = 5;

    /// <summary>The background work.</summary>
    public WorkerOptions Worker { get; set; } = new();

    /// <summary>Texts that replace the built-in ones.</summary>
    public TemplatesOptions Templates { get; set; } = new();
}

/// <summary>The SMTP server.</summary>
public sealed class SmtpOptions
{
    /// <summary>
    /// Where it is: <c>smtp://user:password@host:587/</c> speaks TLS after STARTTLS, which <c>?disable_starttls=true</c> leaves out; <c>smtps://host:465/</c> speaks TLS from the start.
    /// <c>?skip_ssl_verify=true</c> accepts any certificate, <c>?server_name=</c> is the name in the certificate. Null, the default, is allowed in Development, where mail is then kept and goes nowhere, and where neither recovery nor verification is enabled.
    /// </summary>
    public string? ConnectionUri { get; set; }

    /// <summary>The sender's address. Default: <c>no-reply@localhost</c>; outside Development give one of your domain.</summary>
    public string FromAddress { get; set; } = "no-reply@localhost";

    /// <summary>The sender's name; null, the default, for the address alone.</summary>
    public string? FromName { get; set; }

    /// <summary>Further headers of every mail, by name.</summary>
    public Dictionary<string, string> Headers { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name by which this host greets the server. Default: <c>localhost</c>.</summary>
    public string LocalName { get; set; } = "localhost";

    /// <summary>A file with the certificate that this host shows the server, PEM; empty, the default, for none.</summary>
    public string ClientCertPath { get; set; } = "";

    /// <summary>A file with the key of that certificate, PEM.</summary>
    public string ClientKeyPath { get; set; } = "";
}

/// <summary>The HTTP API for e-mails.</summary>
public sealed class HttpDeliveryOptions
{
    /// <summary>The request that sends one.</summary>
    public RequestOptions RequestConfig { get; set; } = new();
}

/// <summary>A channel other than e-mail.</summary>
public sealed class ChannelOptions
{
    /// <summary>Its name, for example <c>sms</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it is: <c>http</c>.</summary>
    public string Type { get; set; } = "http";

    /// <summary>The request that sends a message.</summary>
    public RequestOptions RequestConfig { get; set; } = new();
}

/// <summary>A request that sends a message.</summary>
public sealed class RequestOptions
{
    /// <summary>Where it goes, an absolute http or https URL.</summary>
    public string Url { get; set; } = "";

    /// <summary>Its method. Default: POST.</summary>
    public string Method { get; set; } = "POST";

    /// <summary>Its headers, by name. <c>Content-Type</c> may be <c>application/json</c>, the default, or <c>application/x-www-form-urlencoded</c>.</summary>
    public Dictionary<string, string> Headers { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The Jsonnet program of the body, a function of <c>ctx</c>: <c>base64://</c> with the program, or <c>file://</c> with its path. Null, the default, for a body with all that is known.</summary>
    public string? Body { get; set; }

    /// <summary>How this host proves itself.</summary>
    public RequestAuthOptions Auth { get; set; } = new();
}

/// <summary>How this host proves itself to an HTTP API.</summary>
public sealed class RequestAuthOptions
{
    /// <summary><c>basic_auth</c> with <c>User</c> and <c>Password</c>, or <c>api_key</c> with <c>Name</c>, <c>Value</c> and <c>In</c>; empty, the default, for not at all.</summary>
    public string Type { get; set; } = "";

    /// <summary>What the type needs.</summary>
    public RequestAuthConfigOptions Config { get; set; } = new();
}

/// <summary>What the ways to prove oneself need.</summary>
public sealed class RequestAuthConfigOptions
{
    /// <summary>The user of <c>basic_auth</c>.</summary>
    public string User { get; set; } = "";

    /// <summary>The password of <c>basic_auth</c>.</summary>
    public string Password { get; set; } = "";

    /// <summary>The name of the header or cookie of <c>api_key</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The value of <c>api_key</c>.</summary>
    public string Value { get; set; } = "";

    /// <summary>Where <c>api_key</c> goes: <c>header</c>, the default, or <c>cookie</c>.</summary>
    public string In { get; set; } = "header";
}

/// <summary>The background work.</summary>
public sealed class WorkerOptions
{
    /// <summary>How many messages are taken at once, 1 to 1,000. Default: 10. No more are taken than a channel sends side by side, which is 4.</summary>
    public int PullCount { get; set; } = 10;

    /// <summary>How long after a look that found nothing the next follows, 10 milliseconds to 1 minute. Default: 1 second. A committed message does not wait for it.</summary>
    public TimeSpan PullWait { get; set; } = TimeSpan.FromSeconds(1);
}
