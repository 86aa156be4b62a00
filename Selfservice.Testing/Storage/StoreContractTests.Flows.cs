using System.Text;
using NUnit.Framework;
using Selfservice.Flows;
using Selfservice.Storage;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Flow_IsFoundAsItWasStored()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        Shape(await FindAsync(flow).ConfigureAwait(false)).ShouldBe(Shape(flow));
    }

    [Test]
    public async Task Flow_OfAnotherKind_IsNotFound()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        (await FindAsync(flow with { Kind = FlowKind.Registration }).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Flow_OfANativeClient_KeepsEmptyBytes()
    {
        var flow = await InsertAsync(Flow() with { ClientType = ClientType.Api, CsrfSecret = default, Context = default }).ConfigureAwait(false);
        var found = await FindAsync(flow).ConfigureAwait(false);
        found.ShouldNotBeNull().CsrfSecret.IsEmpty.ShouldBeTrue();
        found.Context.IsEmpty.ShouldBeTrue();
    }

    [Test]
    public async Task Flow_Updated_IsReplaced()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        var changed = flow with { Document = Encoding.UTF8.GetBytes("{}"), ExpiresAt = Now.AddHours(1) };
        (await WriteAsync((scope, token) => scope.Flows.UpdateAsync(changed, token)).ConfigureAwait(false)).ShouldBeTrue();
        Shape(await FindAsync(flow).ConfigureAwait(false)).ShouldBe(Shape(changed));
    }

    [Test]
    public async Task Flow_UpdatedOnceCompletedOrGone_IsRefused()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Flows.CompleteAsync(flow, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Flows.UpdateAsync(flow, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Flows.UpdateAsync(Flow(), token)).ConfigureAwait(false)).ShouldBeFalse();
        Shape(await FindAsync(flow).ConfigureAwait(false)).ShouldBe(Shape(flow with { CompletedAt = Now }));
    }

    [Test]
    public async Task Flow_CompletedInParallel_HasOneWinner()
    {
        var flow = await InsertAsync(Flow()).ConfigureAwait(false);
        await OneWinsAsync((scope, token) => scope.Flows.CompleteAsync(flow, Now, token)).ConfigureAwait(false);
    }

    [Test]
    public async Task Flow_Expired_IsDeletedUpToTheLimitWithItsSecrets()
    {
        var old = await InsertAsync(Flow(Now.AddMinutes(-2))).ConfigureAwait(false);
        await InsertAsync(Flow(Now.AddMinutes(-1))).ConfigureAwait(false);
        var open = await InsertAsync(Flow(Now)).ConfigureAwait(false);
        var secret = Secret(old.Id);
        await WriteAsync((scope, token) => scope.Secrets.InsertAsync(secret, token)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Flows.DeleteExpiredAsync(Now, 1, token)).ConfigureAwait(false)).ShouldBe(1);
        (await WriteAsync((scope, token) => scope.Flows.DeleteExpiredAsync(Now, 10, token)).ConfigureAwait(false)).ShouldBe(1);
        (await FindAsync(old).ConfigureAwait(false)).ShouldBeNull();
        (await FindAsync(open).ConfigureAwait(false)).ShouldNotBeNull();
        (await ReadAsync((scope, token) => scope.Secrets.FindAsync(secret.Purpose, secret.Mac, token)).ConfigureAwait(false)).ShouldBeNull();
    }

    private async Task<FlowRecord> InsertAsync(FlowRecord flow)
    {
        await WriteAsync((scope, token) => scope.Flows.InsertAsync(flow, token)).ConfigureAwait(false);
        return flow;
    }

    private Task<FlowRecord?> FindAsync(FlowRecord flow) => ReadAsync((scope, token) => scope.Flows.FindAsync(flow.Kind, flow.Id, token));
}
