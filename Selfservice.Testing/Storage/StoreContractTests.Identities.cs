using NUnit.Framework;
using Selfservice.Identities;
using Selfservice.Storage;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Identity_IsFoundAsItWasStored()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(identity));
        var bare = await ReadAsync((scope, token) => scope.Identities.FindAsync(identity.Id, withCredentials: false, token)).ConfigureAwait(false);
        Shape(bare).ShouldBe(Shape(identity with { Credentials = null }));
        bare.ShouldNotBeNull().Traits.GetRawText().ShouldBe(identity.Traits.GetRawText());
        (await FindAsync(NewId()).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Identity_IsFoundByIdentifierOfTheTypeOnly()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var found = await ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(Password, "a", token)).ConfigureAwait(false);
        Shape(found).ShouldBe(Shape(identity));
        (await ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(new CredentialType("oidc"), "a", token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [TestCase("identifier")]
    [TestCase("verifiable")]
    [TestCase("recovery")]
    [TestCase("external")]
    public async Task Identity_WithWhatAnotherHas_IsAConflict(string what)
    {
        var first = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var second = Identity("b");
        var clashing = what switch
        {
            "identifier" => second with { Credentials = [second.Credentials[0] with { Identifiers = ["a"] }] },
            "verifiable" => second with { VerifiableAddresses = [Address("a@example.org")] },
            "recovery" => second with { RecoveryAddresses = [second.RecoveryAddresses[0] with { Value = "a@example.org" }] },
            _ => second with { ExternalId = first.ExternalId },
        };
        (await WriteOrRollBackAsync((scope, token) => scope.Identities.InsertAsync(clashing, token)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Conflict);
        (await FindAsync(second.Id).ConfigureAwait(false)).ShouldBeNull();
        await InsertAsync(second).ConfigureAwait(false);
        (await WriteOrRollBackAsync((scope, token) => scope.Identities.UpdateAsync(clashing, null, token)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Conflict);
        Shape(await FindAsync(second.Id).ConfigureAwait(false)).ShouldBe(Shape(second));
        var conflict = await ReadAsync((scope, token) => scope.Identities.FindConflictAsync(clashing, token)).ConfigureAwait(false);
        conflict?.Id.ShouldBe(first.Id);
        (conflict is null).ShouldBe(what == "external");
        (await ReadAsync((scope, token) => scope.Identities.FindConflictAsync(first, token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Identity_InsertedInParallelWithOneIdentifier_HasOneWinner() => await OneWinsAsync(async (scope, token) =>
    {
        var write = await scope.Identities.InsertAsync(Identity("a"), token).ConfigureAwait(false);
        if (write is not IdentityWrite.Written)
            scope.RollBack();
        return write is IdentityWrite.Written;
    }).ConfigureAwait(false);

    [Test]
    public async Task Identity_UpdatedWithoutBeingThere_IsMissing() =>
        (await WriteAsync((scope, token) => scope.Identities.UpdateAsync(Identity("a"), null, token)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Missing);

    /// <summary>A part that loads an identity without its credentials, changes a trait and stores it must not take everybody's password away.</summary>
    [Test]
    public async Task Identity_UpdatedWithoutItsCredentials_IsRefusedAndStays()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var bare = await ReadAsync((scope, token) => scope.Identities.FindAsync(identity.Id, withCredentials: false, token)).ConfigureAwait(false);
        await Should.ThrowAsync<InvalidOperationException>(() => WriteAsync((scope, token) => scope.Identities.UpdateAsync(bare! with { ExternalId = "other" }, null, token))).ConfigureAwait(false);
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(identity));
    }

    [Test]
    public async Task Identity_Updated_KeepsIdsAndTimesOfWhatStays()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var later = Now.AddDays(1);
        var again = Identity("a");
        var changed = again with
        {
            Id = identity.Id,
            OrganizationId = null,
            MetadataPublic = null,
            State = IdentityState.Inactive,
            CreatedAt = later,
            UpdatedAt = later,
            // The second stays, the first goes, one is new.
            VerifiableAddresses = [again.VerifiableAddresses[1] with { CreatedAt = later, UpdatedAt = later }, Address("new@example.org")],
            RecoveryAddresses = [again.RecoveryAddresses[0] with { CreatedAt = later, UpdatedAt = later }],
            Credentials =
            [
                again.Credentials[1] with { CreatedAt = later, UpdatedAt = later },
                again.Credentials[0] with { Config = Json("""{"hashed_password":"h2"}"""), CreatedAt = later, UpdatedAt = later },
            ],
        };
        (await WriteAsync((scope, token) => scope.Identities.UpdateAsync(changed, null, token)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Written);
        var expected = changed with
        {
            CreatedAt = Now,
            VerifiableAddresses = [identity.VerifiableAddresses[1], changed.VerifiableAddresses[1]],
            RecoveryAddresses = identity.RecoveryAddresses,
            Credentials = [identity.Credentials[1], changed.Credentials[1] with { CreatedAt = Now }],
        };
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(expected));
    }

    [Test]
    public async Task Identity_Updated_ReplacesIdentifiersAndProofs()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var later = Now.AddDays(1);
        var changed = identity with
        {
            VerifiableAddresses =
            [
                identity.VerifiableAddresses[0] with { Verified = true, Status = VerificationStatus.Completed, VerifiedAt = later, UpdatedAt = later },
                identity.VerifiableAddresses[1],
            ],
            Credentials = [identity.Credentials[0] with { Identifiers = ["b"], UpdatedAt = later }],
            UpdatedAt = later,
        };
        (await WriteAsync((scope, token) => scope.Identities.UpdateAsync(changed, null, token)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Written);
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(changed));
        (await ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(Password, "a", token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Identity_List_AnswersPagesById()
    {
        var all = new List<Identity>();
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
            all.Add(await InsertAsync(Identity(name)).ConfigureAwait(false));
        all.Sort((a, b) => string.CompareOrdinal(a.Id.ToString(), b.Id.ToString()));
        async Task<Guid[]> Ids(IdentityQuery query) => [.. (await ReadAsync((scope, token) => scope.Identities.ListAsync(query, token)).ConfigureAwait(false)).Select(i => i.Id)];
        (await Ids(new() { Limit = 2 }).ConfigureAwait(false)).ShouldBe([all[0].Id, all[1].Id]);
        (await Ids(new() { Limit = 2, After = all[1].Id }).ConfigureAwait(false)).ShouldBe([all[2].Id, all[3].Id]);
        (await Ids(new() { Limit = 2, Offset = 4 }).ConfigureAwait(false)).ShouldBe([all[4].Id]);
        (await Ids(new() { Limit = 9, Ids = [all[3].Id, all[0].Id, NewId()] }).ConfigureAwait(false)).ShouldBe([all[0].Id, all[3].Id]);
        (await Ids(new() { Limit = 9, Ids = [] }).ConfigureAwait(false)).ShouldBeEmpty();
        (await Ids(new() { Limit = 9, OrganizationId = all[2].OrganizationId }).ConfigureAwait(false)).ShouldBe([all[2].Id]);
        var names = new[] { all[4], all[1] }.Select(i => (Password, i.Credentials[0].Identifiers[1])).Append((Password, "nobody")).ToArray();
        (await Ids(new() { Limit = 9, Identifiers = names }).ConfigureAwait(false)).ShouldBe([all[1].Id, all[4].Id]);
        (await ReadAsync((scope, token) => scope.Identities.CountAsync(token)).ConfigureAwait(false)).ShouldBe(5);
        var full = await ReadAsync((scope, token) => scope.Identities.ListAsync(new IdentityQuery { Limit = 9, WithCredentials = true }, token)).ConfigureAwait(false);
        Shape(full).ShouldBe(Shape(all));
    }

    [Test]
    public async Task Credential_ReplacedInParallelAsExpected_HasOneWinner()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var number = 0;
        await OneWinsAsync((scope, token) =>
        {
            var replacement = identity.Credentials[0] with { Config = Json($$"""{"hashed_password":"n{{Interlocked.Increment(ref number)}}"}"""), UpdatedAt = Now.AddDays(1) };
            return scope.Identities.ReplaceCredentialConfigAsync(identity.Id, identity.Credentials[0], replacement, token);
        }).ConfigureAwait(false);
        (await FindAsync(identity.Id).ConfigureAwait(false)).ShouldNotBeNull().Credentials[0].UpdatedAt.ShouldBe(Now.AddDays(1));
    }

    [Test]
    public async Task Identity_Deleted_TakesAllThatBelongsToIt()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var session = await InsertAsync(Session(identity.Id)).ConfigureAwait(false);
        var secret = await InsertAsync(Secret(identityId: identity.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Identities.DeleteAsync(identity.Id, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Identities.DeleteAsync(identity.Id, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await FindAsync(session).ConfigureAwait(false)).ShouldBeNull();
        (await FindAsync(secret).ConfigureAwait(false)).ShouldBeNull();
        // Its identifiers, addresses and external id are free again.
        await InsertAsync(Identity("a")).ConfigureAwait(false);
    }

    private Task<Identity?> FindAsync(Guid id) => ReadAsync((scope, token) => scope.Identities.FindAsync(id, withCredentials: true, token));

    private Task<IdentityWrite> WriteOrRollBackAsync(Func<IStoreScope, CancellationToken, Task<IdentityWrite>> work) => WriteAsync(async (scope, token) =>
    {
        var write = await work(scope, token).ConfigureAwait(false);
        if (write is not IdentityWrite.Written)
            scope.RollBack();
        return write;
    });
}
