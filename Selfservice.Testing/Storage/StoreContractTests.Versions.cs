using NUnit.Framework;
using Selfservice.Identities;
using Selfservice.Storage;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    private static readonly DateTimeOffset NextVersion = Now.AddMilliseconds(1);

    [Test]
    public async Task Identity_UpdatedFromAnotherVersion_IsMissingAndStays()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var changed = identity with { ExternalId = "other", UpdatedAt = Now.AddDays(1) };
        (await UpdateAsync(changed, Now.AddMilliseconds(-1)).ConfigureAwait(false)).ShouldBe(IdentityWrite.Missing);
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(identity));
        (await UpdateAsync(changed, Now).ConfigureAwait(false)).ShouldBe(IdentityWrite.Written);
        (await FindAsync(identity.Id).ConfigureAwait(false)).ShouldNotBeNull().ExternalId.ShouldBe("other");
    }

    /// <summary>Two people change an account within a millisecond: the second must not write over what the first changed without having seen it.</summary>
    [Test]
    public async Task Identity_UpdatedInParallelFromOneVersion_HasOneWinner()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var number = 0;
        await OneWinsAsync(async (scope, token) =>
        {
            var changed = identity with { ExternalId = $"ext-{Interlocked.Increment(ref number)}" };
            return await scope.Identities.UpdateAsync(changed, identity.UpdatedAt, token).ConfigureAwait(false) is IdentityWrite.Written;
        }).ConfigureAwait(false);
    }

    /// <summary>A rehash at a sign-in, or a proven address, lies between the reading and the writing of a settings change, which must not bring back what it replaced.</summary>
    [TestCase("update", -1)]
    [TestCase("update", 0)]
    [TestCase("update", 5)]
    [TestCase("credential", -1)]
    [TestCase("credential", 0)]
    [TestCase("credential", 5)]
    [TestCase("address", -1)]
    [TestCase("address", 0)]
    [TestCase("address", 5)]
    public async Task Identity_ChangedInAnyWay_HasALaterVersion(string change, int milliseconds)
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var at = Now.AddMilliseconds(milliseconds);
        (await WriteAsync(async (scope, token) => change switch
        {
            "update" => await scope.Identities.UpdateAsync(identity with { UpdatedAt = at }, Now, token).ConfigureAwait(false) is IdentityWrite.Written,
            "credential" => await scope.Identities.ReplaceCredentialConfigAsync(identity.Id, identity.Credentials[0], identity.Credentials[0] with { UpdatedAt = at, Version = 2 }, token).ConfigureAwait(false),
            _ => await scope.Identities.SetAddressStatusAsync(identity.Id, "email", "a@example.org", VerificationStatus.Sent, at, token).ConfigureAwait(false),
        }).ConfigureAwait(false)).ShouldBeTrue();
        (await FindAsync(identity.Id).ConfigureAwait(false)).ShouldNotBeNull().UpdatedAt.ShouldBe(at > NextVersion ? at : NextVersion);
        (await UpdateAsync(identity with { ExternalId = "late" }, Now).ConfigureAwait(false)).ShouldBe(IdentityWrite.Missing);
    }

    [Test]
    public async Task Credential_ThatIsNotAsExpected_IsNotReplaced()
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        var credential = identity.Credentials[0];
        var replacement = credential with { Config = Json("""{"hashed_password":"n"}"""), UpdatedAt = Now.AddDays(1) };
        foreach (var other in new[] { credential with { Version = 2 }, credential with { Config = Json("""{"hashed_password":"h0"}""") }, credential with { Type = new CredentialType("totp") } })
            (await WriteAsync((scope, token) => scope.Identities.ReplaceCredentialConfigAsync(identity.Id, other, replacement, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Identities.ReplaceCredentialConfigAsync(NewId(), credential, replacement, token)).ConfigureAwait(false)).ShouldBeFalse();
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(identity));
    }

    private Task<IdentityWrite> UpdateAsync(Identity identity, DateTimeOffset expectedUpdatedAt) =>
        WriteOrRollBackAsync((scope, token) => scope.Identities.UpdateAsync(identity, expectedUpdatedAt, token));
}
