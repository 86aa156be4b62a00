using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Identities;

namespace Selfservice.Sessions;

/// <summary>Makes sessions and renews them; storing them is the engine's part.</summary>
internal sealed class SessionFactory(IOptions<SelfserviceOptions> options, TimeProvider clock)
{
    private const int MaximumTextBytes = 512;

    public Session Create(Identity identity, IReadOnlyList<AuthenticationMethod> methods, ClientContext client)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Guid.CreateVersion7(now),
            IdentityId = identity.Id,
            Identity = identity,
            ExpiresAt = now + options.Value.Session.Lifespan,
            AuthenticatedAt = now,
            IssuedAt = now,
            AuthenticationMethods = methods,
            Aal = AuthenticatorAssuranceLevels.Of(methods),
            Devices = [new() { Id = Guid.CreateVersion7(now), IpAddress = client.IpAddress, UserAgent = Cut(client.UserAgent), Location = Cut(client.Location) ?? "" }],
        };
    }

    /// <summary>The session after its owner proved again who they are.</summary>
    public Session Renew(Session session, Identity identity, IReadOnlyList<AuthenticationMethod> added)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<AuthenticationMethod> methods = [.. session.AuthenticationMethods, .. added];
        return session with
        {
            Identity = identity,
            ExpiresAt = now + options.Value.Session.Lifespan,
            AuthenticatedAt = now,
            IssuedAt = now,
            AuthenticationMethods = methods,
            Aal = AuthenticatorAssuranceLevels.Of(methods),
        };
    }

    private static string? Cut(string? text)
    {
        if (text is null || System.Text.Encoding.UTF8.GetByteCount(text) <= MaximumTextBytes)
            return text;
        var length = Math.Min(text.Length, MaximumTextBytes);
        while (System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > MaximumTextBytes || char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length];
    }
}
