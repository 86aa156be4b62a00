using NUnit.Framework;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task Write_AfterRollBack_AnswersItsResultAndKeepsNothing()
    {
        var flow = Flow();
        var result = await WriteAsync(async (scope, token) =>
        {
            await scope.Flows.InsertAsync(flow, token).ConfigureAwait(false);
            scope.RollBack();
            return "answer";
        }).ConfigureAwait(false);
        result.ShouldBe("answer");
        (await ReadAsync((scope, token) => scope.Flows.FindAsync(flow.Kind, flow.Id, token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Write_ManyAtOnceOfWhichSomeFail_KeepsExactlyTheOthers()
    {
        var flows = Enumerable.Range(0, 90).Select(_ => Flow()).ToArray();
        var results = await Task.WhenAll(flows.Select((flow, i) => Task.Run(async () =>
        {
            try
            {
                return await WriteAsync(async (scope, token) =>
                {
                    await scope.Flows.InsertAsync(flow, token).ConfigureAwait(false);
                    if (i % 3 == 1)
                        throw new InvalidOperationException("planned");
                    if (i % 3 == 2)
                        scope.RollBack();
                    return "kept or rolled back";
                }).ConfigureAwait(false);
            }
            catch (InvalidOperationException e)
            {
                return e.Message;
            }
        }))).ConfigureAwait(false);
        results.Select((r, i) => (r, i)).ShouldAllBe(x => x.r == "planned" == (x.i % 3 == 1));
        for (var i = 0; i < flows.Length; i++)
        {
            var found = await ReadAsync((scope, token) => scope.Flows.FindAsync(flows[i].Kind, flows[i].Id, token)).ConfigureAwait(false);
            (found is not null).ShouldBe(i % 3 == 0);
        }
    }

    [Test]
    public async Task Write_SeesItsOwnRowsBeforeTheyAreCommitted()
    {
        var flow = Flow();
        var found = await WriteAsync(async (scope, token) =>
        {
            await scope.Flows.InsertAsync(flow, token).ConfigureAwait(false);
            return await scope.Flows.FindAsync(flow.Kind, flow.Id, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        found.ShouldNotBeNull();
    }

    [Test]
    public async Task Write_CanceledBefore_DoesNotRun()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync().ConfigureAwait(false);
        var ran = false;
        await Should.ThrowAsync<OperationCanceledException>(() => Store.WriteAsync((_, _) => Task.FromResult(ran = true), cancellation.Token)).ConfigureAwait(false);
        ran.ShouldBeFalse();
    }

    [Test]
    public async Task Write_CanceledOnceBegun_RunsToItsEnd()
    {
        var flow = Flow();
        using var cancellation = new CancellationTokenSource();
        await Store.WriteAsync(
            async (scope, token) =>
            {
                await cancellation.CancelAsync().ConfigureAwait(false);
                await scope.Flows.InsertAsync(flow, token).ConfigureAwait(false);
                return true;
            },
            cancellation.Token).ConfigureAwait(false);
        (await ReadAsync((scope, token) => scope.Flows.FindAsync(flow.Kind, flow.Id, token)).ConfigureAwait(false)).ShouldNotBeNull();
    }

    [Test]
    public async Task Read_InsideARead_Answers()
    {
        var count = await ReadAsync((_, _) => ReadAsync((scope, token) => scope.Identities.CountAsync(token))).ConfigureAwait(false);
        count.ShouldBe(0);
    }

    [Test]
    public async Task Lease_HeldByAnother_IsRefusedUntilItEnds()
    {
        Task<bool> Try(string owner, int minute) =>
            WriteAsync((scope, token) => scope.Leases.TryAcquireAsync("work", owner, Now.AddMinutes(minute), Now.AddMinutes(minute + 5), token));
        (await Try("a", 0).ConfigureAwait(false)).ShouldBeTrue();
        (await Try("b", 1).ConfigureAwait(false)).ShouldBeFalse();
        (await Try("a", 2).ConfigureAwait(false)).ShouldBeTrue();
        (await Try("b", 6).ConfigureAwait(false)).ShouldBeFalse();
        (await Try("b", 7).ConfigureAwait(false)).ShouldBeTrue();
    }

    [Test]
    public async Task Lease_TakenInParallel_HasOneOwner()
    {
        var number = 0;
        await OneWinsAsync((scope, token) =>
            scope.Leases.TryAcquireAsync("work", $"owner {Interlocked.Increment(ref number)}", Now, Now.AddMinutes(1), token)).ConfigureAwait(false);
    }

    [Test]
    public async Task Error_IsFoundAndDeletedWhenOld()
    {
        var error = new Selfservice.Storage.ErrorRecord(NewId(), new byte[] { 1, 2 }, Now);
        await WriteAsync((scope, token) => scope.Errors.InsertAsync(error, token)).ConfigureAwait(false);
        var found = await ReadAsync((scope, token) => scope.Errors.FindAsync(error.Id, token)).ConfigureAwait(false);
        Shape(found).ShouldBe(Shape(error));
        (await WriteAsync((scope, token) => scope.Errors.DeleteOldAsync(Now, 10, token)).ConfigureAwait(false)).ShouldBe(0);
        (await WriteAsync((scope, token) => scope.Errors.DeleteOldAsync(Now.AddSeconds(1), 10, token)).ConfigureAwait(false)).ShouldBe(1);
        (await ReadAsync((scope, token) => scope.Errors.FindAsync(error.Id, token)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Error_Old_IsDeletedUpToTheLimit()
    {
        for (var i = 0; i < 3; i++)
            await WriteAsync((scope, token) => scope.Errors.InsertAsync(new(NewId(), new byte[] { 1 }, Now), token)).ConfigureAwait(false);
        await DeletesUpToTheLimitAsync((scope, limit, token) => scope.Errors.DeleteOldAsync(Now.AddSeconds(1), limit, token)).ConfigureAwait(false);
    }
}
