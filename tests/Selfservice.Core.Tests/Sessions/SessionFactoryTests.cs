using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Configuration;
using Selfservice.Identities;
using Selfservice.Sessions;

namespace Selfservice.Core.Tests.Sessions;

public sealed class SessionFactoryTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    /// <summary>A page that asks for a refresh every minute would otherwise make each request read a longer session.</summary>
    [Test]
    public void Renew_Often_KeepsTheLastProofsAndTheLevel()
    {
        var factory = new SessionFactory(Options.Create(new SelfserviceOptions()), _clock);
        var identity = new Identity { Id = Guid.CreateVersion7(_clock.GetUtcNow()), SchemaId = "person", Traits = Credential.EmptyConfig, CreatedAt = _clock.GetUtcNow(), UpdatedAt = _clock.GetUtcNow() };
        var session = new Session
        {
            Id = identity.Id,
            IdentityId = identity.Id,
            ExpiresAt = _clock.GetUtcNow(),
            AuthenticatedAt = _clock.GetUtcNow(),
            IssuedAt = _clock.GetUtcNow(),
            Aal = AuthenticatorAssuranceLevel.Aal2,
            AuthenticationMethods = [Method("password"), Method("totp", AuthenticatorAssuranceLevel.Aal2)],
        };
        for (var i = 3; i <= 100; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            session = factory.Renew(session, identity, [Method("password")]);
            session.AuthenticationMethods.Count.ShouldBe(Math.Min(i, 32));
        }

        session.Aal.ShouldBe(AuthenticatorAssuranceLevel.Aal2);
        session.AuthenticationMethods[0].Method.ShouldBe("totp");
        session.AuthenticationMethods.Skip(1).ShouldAllBe(m => m.Method == "password");
        session.AuthenticationMethods.Skip(1).Select(m => m.CompletedAt).ShouldBe(Enumerable.Range(0, 31).Select(i => _clock.GetUtcNow().AddMinutes(i - 30)));
    }

    private AuthenticationMethod Method(string name, AuthenticatorAssuranceLevel aal = AuthenticatorAssuranceLevel.Aal1) => new() { Method = name, Aal = aal, CompletedAt = _clock.GetUtcNow() };
}
