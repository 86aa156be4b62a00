using NUnit.Framework;
using Selfservice.Identities;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Address_OnceProven_StaysSo()
    {
        var identity = Identity("a");
        identity = await InsertAsync(identity with { VerifiableAddresses = [Address("a@example.org") with { Status = VerificationStatus.Pending }, identity.VerifiableAddresses[1]] }).ConfigureAwait(false);
        (await SetStatusAsync(identity, VerificationStatus.Sent, 1).ConfigureAwait(false)).ShouldBeTrue();
        var sent = await FindAddressAsync(identity).ConfigureAwait(false);
        (sent.Status, sent.Verified, sent.VerifiedAt, sent.UpdatedAt).ShouldBe((VerificationStatus.Sent, false, null, Now.AddSeconds(1)));
        (await SetStatusAsync(identity, VerificationStatus.Completed, 2).ConfigureAwait(false)).ShouldBeTrue();
        (await SetStatusAsync(identity, VerificationStatus.Sent, 3).ConfigureAwait(false)).ShouldBeTrue();
        var proven = await FindAddressAsync(identity).ConfigureAwait(false);
        (proven.Id, proven.Status, proven.Verified, proven.VerifiedAt).ShouldBe((identity.VerifiableAddresses[0].Id, VerificationStatus.Completed, true, Now.AddSeconds(2)));
        var stored = (await FindAsync(identity.Id).ConfigureAwait(false)).ShouldNotBeNull();
        stored.UpdatedAt.ShouldBe(Now.AddSeconds(3));
        Shape(stored.VerifiableAddresses[1]).ShouldBe(Shape(identity.VerifiableAddresses[1]));
    }

    [TestCase("email", "nobody@example.org")]
    [TestCase("sms", "a@example.org")]
    public async Task Address_ThatIsNotThere_HasNoStatus(string via, string value)
    {
        var identity = await InsertAsync(Identity("a")).ConfigureAwait(false);
        foreach (var id in new[] { identity.Id, NewId() })
            (await WriteAsync((scope, token) => scope.Identities.SetAddressStatusAsync(id, via, value, VerificationStatus.Completed, Now, token)).ConfigureAwait(false)).ShouldBeFalse();
        Shape(await FindAsync(identity.Id).ConfigureAwait(false)).ShouldBe(Shape(identity));
    }

    [Test]
    public async Task Identity_IsFoundByVerifiableAddressOfTheChannelOnly()
    {
        var identity = await InsertAsync(Identity("a") with { RecoveryAddresses = [Recovery("other@example.org")] }).ConfigureAwait(false);
        await InsertAsync(Identity("b")).ConfigureAwait(false);
        Task<Identity?> FindAsync(string via, string value) => ReadAsync((scope, token) => scope.Identities.FindByVerifiableAddressAsync(via, value, token));
        Shape(await FindAsync("email", "a@example.net").ConfigureAwait(false)).ShouldBe(Shape(identity));
        (await FindAsync("sms", "a@example.net").ConfigureAwait(false)).ShouldBeNull();
        (await FindAsync("email", "other@example.org").ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Identity_IsFoundByRecoveryAddressOfBothChannels()
    {
        var first = await InsertAsync(Identity("a") with { RecoveryAddresses = [Recovery("a@example.org"), Recovery("+491701234567", "sms")] }).ConfigureAwait(false);
        var second = await InsertAsync(Identity("b")).ConfigureAwait(false);
        (await FindByRecoveryAsync("+491701234567", "nobody@example.org").ConfigureAwait(false)).ShouldHaveSingleItem().ShouldBe(Shape(first));
        (await FindByRecoveryAsync("a@example.org", "b@example.org", "+491701234567").ConfigureAwait(false)).ShouldBe([Shape(first), Shape(second)], ignoreOrder: true);
        // It can be proven, but lets nobody in.
        (await FindByRecoveryAsync("a@example.net").ConfigureAwait(false)).ShouldBeEmpty();
        (await FindByRecoveryAsync().ConfigureAwait(false)).ShouldBeEmpty();
    }

    [Test]
    public async Task Identity_FoundByRecoveryAddresses_AreTenAtMost()
    {
        for (var i = 0; i < 12; i++)
            await InsertAsync(Identity($"p{i}")).ConfigureAwait(false);
        (await FindByRecoveryAsync([.. Enumerable.Range(0, 12).Select(i => $"p{i}@example.org")]).ConfigureAwait(false)).Count().ShouldBe(10);
    }

    private static RecoveryAddress Recovery(string value, string via = "email") => new() { Id = NewId(), Value = value, Via = via, CreatedAt = Now, UpdatedAt = Now };

    private async Task<IEnumerable<string>> FindByRecoveryAsync(params string[] values) =>
        (await ReadAsync((scope, token) => scope.Identities.FindByRecoveryAddressAsync(values, token)).ConfigureAwait(false)).Select(Shape);

    private Task<bool> SetStatusAsync(Identity identity, VerificationStatus status, int seconds) => WriteAsync((scope, token) =>
        scope.Identities.SetAddressStatusAsync(identity.Id, "email", identity.VerifiableAddresses[0].Value, status, Now.AddSeconds(seconds), token));

    private async Task<VerifiableAddress> FindAddressAsync(Identity identity) => (await FindAsync(identity.Id).ConfigureAwait(false)).ShouldNotBeNull().VerifiableAddresses[0];
}
