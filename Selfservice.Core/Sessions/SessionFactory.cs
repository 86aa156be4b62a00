using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Identities;

namespace Selfservice.Sessions;

/// <summary>Makes sessions and renews them; storing them is the engine's part.</summary>
internal sealed class SessionFactory(IOptions<SelfserviceOptions> options, TimeProvider clock)
{
    private const int MaximumTextBytes = 512;

    /// <summary>How many proofs a session lists. The contract adds one at each refresh, and a session that is refreshed all day is read at each request.</summary>
    private const int MaximumMethods = 32;

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
        var methods = Newest([.. session.AuthenticationMethods, .. added]);
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

    /// <summary>The last proofs. Of each kind the newest stays, or the session would lose the level that it has.</summary>
    private static List<AuthenticationMethod> Newest(List<AuthenticationMethod> methods)
    {
        static AuthenticationMethod Kind(AuthenticationMethod method) => method with { CompletedAt = default };
        while (methods.Count > MaximumMethods)
        {
            var repeated = methods.FindIndex(m => methods.FindLast(other => Kind(other) == Kind(m)) != m);
            if (repeated < 0)
                break;
            methods.RemoveAt(repeated);
        }

        return methods;
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
