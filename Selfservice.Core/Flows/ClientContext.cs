using System.Net;
using System.Net.Sockets;
using Selfservice.Errors;
using Selfservice.Nodes;
using Selfservice.Sessions;

namespace Selfservice.Flows;

/// <summary>Who sends a request, as far as flows need to know. The host makes it; flows never see the request itself.</summary>
public sealed record ClientContext
{
    /// <summary>The URL under which clients reach the host, without a trailing slash.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>The URL of the request under <see cref="PublicUrl"/>, with its query but without any secret in it.</summary>
    public string RequestUrl { get; init; } = "";

    /// <summary>The active session of the request; null without one.</summary>
    public Session? Session { get; init; }

    /// <summary>The token by which the request proved its session; null without one.</summary>
    public string? SessionToken { get; init; }

    /// <summary>What the browser's continuity cookie holds: a secret that a method gave it before it sent it elsewhere; null without one.</summary>
    public string? ContinuityToken { get; init; }

    /// <summary>The client's address; null when unknown.</summary>
    public string? IpAddress { get; init; }

    /// <summary>What to count a client by: its address, or of IPv6 its network, because whoever has one address there has 2^64 of them (RFC 6177); null when unknown.</summary>
    public string? Network =>
        IPAddress.TryParse(IpAddress, out var parsed) && parsed is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexStringLower(parsed.GetAddressBytes(), 0, 8) : IpAddress;

    /// <summary>What the client calls itself; null when it did not say.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Where it is, as a proxy says; empty when unknown.</summary>
    public string Location { get; init; } = "";

    /// <summary>Checks that the submission comes from the client that the flow belongs to.</summary>
    public required IRequestGuard Guard { get; init; }

    /// <summary>The request's method, headers and cookies, for hooks that tell others of it; null where nobody's request is the cause.</summary>
    public IClientRequest? Request { get; init; }
}

/// <summary>Checks that a submission comes from the client that the flow belongs to: the right browser, or no browser at all.</summary>
public interface IRequestGuard
{
    /// <summary>Checks it.</summary>
    /// <param name="flow">The flow that is submitted.</param>
    /// <param name="csrfToken">The token in the submission; null without one.</param>
    GuardVerdict Check(Flow flow, string? csrfToken);

    /// <summary>Checks that the request comes from the browser that the flow belongs to, as far as its cookie tells.</summary>
    /// <param name="csrfSecret">The flow's secret.</param>
    GuardVerdict CheckOwner(ReadOnlyMemory<byte> csrfSecret);

    /// <summary>Checks that the request comes from a site that may send forms here, as far as the browser says; for what somebody proves by itself, without the form that it was meant for.</summary>
    GuardVerdict CheckOrigin();

    /// <summary>Checks that a person sent a form of this host, whichever flow it is about: for links that are opened in another browser than the one that asked for them.</summary>
    /// <param name="csrfToken">The token in the submission; null without one.</param>
    GuardVerdict CheckForm(string? csrfToken);

    /// <summary>The 32 bytes of the browser's CSRF cookie; a browser that has none is given one.</summary>
    ReadOnlyMemory<byte> BrowserSecret();

    /// <summary>The same; a browser that has one is given it once more, so that it keeps it.</summary>
    ReadOnlyMemory<byte> RenewBrowserSecret();
}

/// <summary>What a guard says of a submission.</summary>
public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    /// <summary>It may go on.</summary>
    public sealed record Pass : GuardVerdict;

    /// <summary>It is refused with an error.</summary>
    /// <param name="Error">Why.</param>
    public sealed record Refuse(ErrorObject Error) : GuardVerdict;

    /// <summary>It is refused with a message in the form.</summary>
    /// <param name="Message">Why.</param>
    public sealed record Explain(Message Message) : GuardVerdict;
}
