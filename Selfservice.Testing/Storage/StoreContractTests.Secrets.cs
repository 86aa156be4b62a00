using NUnit.Framework;
using Selfservice.Secrets;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Secret_IsFoundByPurposeAndMac()
    {
        var secret = await InsertAsync(Secret()).ConfigureAwait(false);
        Shape(await FindAsync(secret).ConfigureAwait(false)).ShouldBe(Shape(secret));
        (await FindAsync(secret with { Purpose = "other" }).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Secret_ConsumedInParallel_HasOneWinner()
    {
        var secret = await InsertAsync(Secret()).ConfigureAwait(false);
        await OneWinsAsync((scope, token) => scope.Secrets.ConsumeAsync(secret.Id, Now, token)).ConfigureAwait(false);
        (await FindAsync(secret).ConfigureAwait(false)).ShouldNotBeNull().UsedAt.ShouldBe(Now);
    }

    [Test]
    public async Task Secret_Expired_IsNotConsumed()
    {
        var secret = await InsertAsync(Secret()).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Secrets.ConsumeAsync(secret.Id, secret.ExpiresAt, token)).ConfigureAwait(false)).ShouldBeFalse();
    }

    [Test]
    public async Task Secret_OfAFlow_AreListedNewestFirst()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        var first = await InsertAsync(Secret(flow.Id)).ConfigureAwait(false);
        var second = await InsertAsync(Secret(flow.Id) with { IssuedAt = Now.AddSeconds(1) }).ConfigureAwait(false);
        await InsertAsync(Secret(flow.Id) with { Purpose = "other" }).ConfigureAwait(false);
        var listed = await ReadAsync((scope, token) => scope.Secrets.ListByFlowAsync(first.Purpose, flow.Id, token)).ConfigureAwait(false);
        listed.Select(s => s.Id).ShouldBe([second.Id, first.Id]);
    }

    [Test]
    public async Task Secret_Revoked_IsUsedUpForItsFlowOnly()
    {
        var (flow, otherFlow) = (await InsertAsync(Flow()).ConfigureAwait(false), await InsertAsync(Flow()).ConfigureAwait(false));
        var secret = await InsertAsync(Secret(flow.Id)).ConfigureAwait(false);
        await InsertAsync(Secret(flow.Id)).ConfigureAwait(false);
        var other = await InsertAsync(Secret(otherFlow.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Secrets.RevokeByFlowAsync(secret.Purpose, flow.Id, Now, token)).ConfigureAwait(false)).ShouldBe(2);
        (await WriteAsync((scope, token) => scope.Secrets.ConsumeAsync(secret.Id, Now, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Secrets.ConsumeAsync(other.Id, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
    }

    [Test]
    public async Task Secret_UsedOrExpiredOrOfAnotherPurpose_IsNotRevoked()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        var used = await InsertAsync(Secret(flow.Id)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Secrets.ConsumeAsync(used.Id, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        var expired = await InsertAsync(Secret(flow.Id) with { ExpiresAt = Now }).ConfigureAwait(false);
        var other = await InsertAsync(Secret(flow.Id) with { Purpose = "other" }).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Secrets.RevokeByFlowAsync(used.Purpose, flow.Id, Now.AddSeconds(1), token)).ConfigureAwait(false)).ShouldBe(0);
        Shape(await FindAsync(used).ConfigureAwait(false)).ShouldBe(Shape(used with { UsedAt = Now }));
        Shape(await FindAsync(expired).ConfigureAwait(false)).ShouldBe(Shape(expired));
        Shape(await FindAsync(other).ConfigureAwait(false)).ShouldBe(Shape(other));
    }

    [Test]
    public async Task Secret_Expired_IsDeletedUpToTheLimit()
    {
        await InsertAsync(Secret()).ConfigureAwait(false);
        await InsertAsync(Secret()).ConfigureAwait(false);
        var later = Now.AddHours(1);
        (await WriteAsync((scope, token) => scope.Secrets.DeleteExpiredAsync(Now, 10, token)).ConfigureAwait(false)).ShouldBe(0);
        (await WriteAsync((scope, token) => scope.Secrets.DeleteExpiredAsync(later, 1, token)).ConfigureAwait(false)).ShouldBe(1);
        (await WriteAsync((scope, token) => scope.Secrets.DeleteExpiredAsync(later, 10, token)).ConfigureAwait(false)).ShouldBe(1);
    }

    private async Task<OneTimeSecret> InsertAsync(OneTimeSecret secret)
    {
        await WriteAsync((scope, token) => scope.Secrets.InsertAsync(secret, token)).ConfigureAwait(false);
        return secret;
    }

    private Task<OneTimeSecret?> FindAsync(OneTimeSecret secret) => ReadAsync((scope, token) => scope.Secrets.FindAsync(secret.Purpose, secret.Mac, token));
}
