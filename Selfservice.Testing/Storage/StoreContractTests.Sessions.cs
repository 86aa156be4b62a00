using NUnit.Framework;
using Selfservice.Identities;
using Selfservice.Sessions;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Session_IsFoundByTokenAndIdWithIdentityAndDevices()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        var expected = Shape(session with { Identity = identity with { Credentials = null } });
        Shape(await FindAsync(session).ConfigureAwait(false)).ShouldBe(expected);
        Shape(await ReadAsync((scope, token) => scope.Sessions.FindAsync(session.Id, token)).ConfigureAwait(false)).ShouldBe(expected);
        (await ReadAsync((scope, token) => scope.Sessions.FindByTokenAsync(Hash(NewId()), token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Session_List_AnswersAPageNewestFirstAndTheTotal()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var oldest = await InsertAsync(Session(identity.Id, Now.AddHours(-3))).ConfigureAwait(false);
        var middle = await InsertAsync(Session(identity.Id, Now.AddHours(-2))).ConfigureAwait(false);
        var newest = await InsertAsync(Session(identity.Id, Now.AddHours(-1))).ConfigureAwait(false);
        await InsertAsync(Session(identity.Id, Now.AddHours(-4), expiresAt: Now)).ConfigureAwait(false);
        await WriteAsync((scope, token) => scope.Sessions.RevokeAsync(oldest.Id, null, token)).ConfigureAwait(false);
        var all = await ReadAsync((scope, token) => scope.Sessions.ListAsync(identity.Id, null, null, 1, 2, token)).ConfigureAwait(false);
        all.Total.ShouldBe(4);
        all.Items.Select(s => s.Id).ShouldBe([middle.Id, oldest.Id]);
        all.Items[0].Identity.ShouldNotBeNull();
        all.Items[0].Devices.ShouldNotBeNull().Count.ShouldBe(1);
        var others = await ReadAsync((scope, token) => scope.Sessions.ListAsync(identity.Id, Now, newest.Id, 0, 10, token)).ConfigureAwait(false);
        others.Total.ShouldBe(1);
        others.Items.ShouldHaveSingleItem().Id.ShouldBe(middle.Id);
    }

    [Test]
    public async Task Session_Renewed_HasItsNewTokenOnly()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        var token2 = Hash(NewId());
        var renewed = session with { AuthenticatedAt = Now.AddMinutes(1), ExpiresAt = Now.AddHours(48), Aal = AuthenticatorAssuranceLevel.Aal2, AuthenticationMethods = [] };
        (await WriteAsync((scope, token) => scope.Sessions.RenewAsync(renewed, token2, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await FindAsync(session).ConfigureAwait(false)).ShouldBeNull();
        var found = await ReadAsync((scope, token) => scope.Sessions.FindByTokenAsync(token2, token)).ConfigureAwait(false);
        Shape(found).ShouldBe(Shape(renewed with { Identity = identity with { Credentials = null } }));
    }

    [Test]
    public async Task Session_RenewedForAnotherIdentity_StaysItsOwners()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var other = await InsertAsync(Identity("b")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.RenewAsync(session with { IdentityId = other.Id }, Hash(NewId()), Now, token)).ConfigureAwait(false)).ShouldBeFalse();
        Shape(await FindAsync(session).ConfigureAwait(false)).ShouldBe(Shape(session with { Identity = identity with { Credentials = null } }));
    }

    [Test]
    public async Task Session_RevokedOrExpired_IsNeitherRenewedNorExtended()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var revoked = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        var expired = await InsertAsync(Session(identity.Id, expiresAt: Now)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.RevokeAsync(revoked.Id, null, token)).ConfigureAwait(false)).ShouldBeTrue();
        foreach (var session in new[] { revoked, expired })
        {
            (await WriteAsync((scope, token) => scope.Sessions.RenewAsync(session, Hash(NewId()), Now, token)).ConfigureAwait(false)).ShouldBeFalse();
            (await WriteAsync((scope, token) => scope.Sessions.ExtendAsync(session.Id, Now.AddDays(9), Now, token)).ConfigureAwait(false)).ShouldBeFalse();
        }
    }

    [Test]
    public async Task Session_Extended_EndsLater()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.ExtendAsync(session.Id, Now.AddDays(9), Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await FindAsync(session).ConfigureAwait(false)).ShouldNotBeNull().ExpiresAt.ShouldBe(Now.AddDays(9));
    }

    [Test]
    public async Task Session_RevokedForItsOwner_IsInactiveAndStillThere()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.RevokeAsync(session.Id, NewId(), token)).ConfigureAwait(false)).ShouldBeFalse();
        (await FindAsync(session).ConfigureAwait(false)).ShouldNotBeNull().Active.ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Sessions.RevokeAsync(session.Id, identity.Id, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Sessions.RevokeAsync(session.Id, identity.Id, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await FindAsync(session).ConfigureAwait(false)).ShouldNotBeNull().Active.ShouldBeFalse();
    }

    [Test]
    public async Task Session_RevokeAllAndDeleteAll_TakeOnlyTheIdentitysOwn()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var other = await InsertAsync(Session((await InsertAsync(Identity("b")).ConfigureAwait(false)).Id)).ConfigureAwait(false);
        var kept = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        await InsertAsync(Session(identity.Id, expiresAt: Now)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.RevokeAllAsync(identity.Id, kept.Id, Now, token)).ConfigureAwait(false)).ShouldBe(1);
        (await FindAsync(kept).ConfigureAwait(false)).ShouldNotBeNull().Active.ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Sessions.DeleteAllAsync(identity.Id, token)).ConfigureAwait(false)).ShouldBe(3);
        (await FindAsync(other).ConfigureAwait(false)).ShouldNotBeNull().Active.ShouldBeTrue();
    }

    [Test]
    public async Task Session_Expired_IsDeletedUpToTheLimit()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        for (var i = 0; i < 3; i++)
            await InsertAsync(Session(identity.Id, expiresAt: Now.AddSeconds(-1))).ConfigureAwait(false);
        await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Sessions.DeleteExpiredAsync(Now, 2, token)).ConfigureAwait(false)).ShouldBe(2);
        (await WriteAsync((scope, token) => scope.Sessions.DeleteExpiredAsync(Now, 2, token)).ConfigureAwait(false)).ShouldBe(1);
    }

    private async Task<Session> InsertAsync(Session session)
    {
        await WriteAsync((scope, token) => scope.Sessions.InsertAsync(session, Hash(session.Id), token)).ConfigureAwait(false);
        return session;
    }

    private async Task<Identity> InsertAsync(Identity identity)
    {
        (await WriteAsync((scope, token) => scope.Identities.InsertAsync(identity, token)).ConfigureAwait(false)).ShouldBe(Selfservice.Storage.IdentityWrite.Written);
        return identity;
    }

    private Task<Session?> FindAsync(Session session) => ReadAsync((scope, token) => scope.Sessions.FindByTokenAsync(Hash(session.Id), token));
}
