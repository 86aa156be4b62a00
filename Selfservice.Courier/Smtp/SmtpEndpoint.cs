using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Selfservice.Courier.Smtp;

/// <summary>When a connection begins to speak TLS.</summary>
internal enum SmtpSecurity
{
    /// <summary>With the command STARTTLS, which the server must offer.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Implicit,

    /// <summary>Never.</summary>
    None,
}

/// <summary>Where the server is, as a connection URI says.</summary>
internal sealed record SmtpEndpoint
{
    private const int SubmissionPort = 587;
    private const int SubmissionsPort = 465;

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required SmtpSecurity Security { get; init; }

    /// <summary>The name that the server's certificate must have.</summary>
    public required string ServerName { get; init; }

    public bool SkipCertificateCheck { get; init; }

    public NetworkCredential? Credential { get; init; }

    /// <summary>Reads a connection URI.</summary>
    /// <param name="text">The URI.</param>
    /// <param name="endpoint">What it says.</param>
    /// <param name="fault">What is wrong with it: a sentence that mends it. It never shows the URI, which holds a password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SmtpEndpoint? endpoint, [NotNullWhen(false)] out string? fault)
    {
        (endpoint, fault) = (null, null);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
        {
            fault = "is no connection URI; write smtp://user:password@host:587/ or smtps://user:password@host:465/, with special characters percent-encoded.";
            return false;
        }

        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToLookup(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "");
        if (query.FirstOrDefault(parameter => parameter.Key is not ("disable_starttls" or "skip_ssl_verify" or "server_name")) is { } unknown)
            fault = $"has the parameter {unknown.Key}, which means nothing; known are disable_starttls, skip_ssl_verify and server_name.";
        bool Flag(string name) => query[name].LastOrDefault() is "true" or "1";

        var user = uri.UserInfo.Split(':', 2);
        endpoint = new()
        {
            Host = uri.IdnHost,
            Port = uri.Port > 0 ? uri.Port : uri.Scheme == "smtps" ? SubmissionsPort : SubmissionPort,
            Security = uri.Scheme == "smtps" ? SmtpSecurity.Implicit : Flag("disable_starttls") ? SmtpSecurity.None : SmtpSecurity.StartTls,
            ServerName = query["server_name"].LastOrDefault() is { Length: > 0 } name ? name : uri.IdnHost,
            SkipCertificateCheck = Flag("skip_ssl_verify"),
            Credential = user[0].Length == 0 ? null : new(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : ""),
        };
        if (endpoint is { Security: SmtpSecurity.None, Credential: not null } && !uri.IsLoopback)
            fault ??= "would send the password in clear; leave out disable_starttls, or use smtps://.";
        return fault is null;
    }
}
