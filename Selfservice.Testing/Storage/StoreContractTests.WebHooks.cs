using NUnit.Framework;
using Selfservice.Hooks;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    [Test]
    public async Task WebHook_Leased_IsNobodyElsesUntilTheLeaseEnds()
    {
        var delivery = await InsertAsync(Delivery()).ConfigureAwait(false);
        (await ReadAsync((s, t) => s.WebHooks.FirstDueAsync([], t)).ConfigureAwait(false)).ShouldBe(Now);
        var leased = (await LeaseHooksAsync("one", Now).ConfigureAwait(false)).ShouldHaveSingleItem();
        leased.ShouldBe(delivery with { Attempts = 1, DueAt = LeaseEnd });
        (await LeaseHooksAsync("two", Now).ConfigureAwait(false)).ShouldBeEmpty();
        (await LeaseHooksAsync("two", LeaseEnd).ConfigureAwait(false)).ShouldHaveSingleItem().Attempts.ShouldBe(2);
    }

    [Test]
    public async Task WebHook_MarkedByWhoLostTheLease_StaysAsItIs()
    {
        var delivery = await InsertAsync(Delivery()).ConfigureAwait(false);
        await LeaseHooksAsync("one", Now).ConfigureAwait(false);
        await LeaseHooksAsync("two", LeaseEnd).ConfigureAwait(false);
        (await WriteAsync((s, t) => s.WebHooks.RetryAsync(delivery.Id, "one", "late", Now, t)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((s, t) => s.WebHooks.AbandonAsync(delivery.Id, "one", "late", Now, t)).ConfigureAwait(false)).ShouldBeFalse();
        // Whoever reached the receiver may say so.
        (await WriteAsync((s, t) => s.WebHooks.RemoveAsync(delivery.Id, t)).ConfigureAwait(false)).ShouldBeTrue();
        (await ReadAsync((s, t) => s.WebHooks.FirstDueAsync([], t)).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task WebHook_Failed_IsDueWhenSaid()
    {
        var delivery = await InsertAsync(Delivery()).ConfigureAwait(false);
        await LeaseHooksAsync("one", Now).ConfigureAwait(false);
        (await WriteAsync((s, t) => s.WebHooks.RetryAsync(delivery.Id, "one", "no answer", Now.AddSeconds(2), t)).ConfigureAwait(false)).ShouldBeTrue();
        (await LeaseHooksAsync("one", Now.AddSeconds(1)).ConfigureAwait(false)).ShouldBeEmpty();
        (await LeaseHooksAsync("one", Now.AddSeconds(2)).ConfigureAwait(false)).ShouldHaveSingleItem().Fault.ShouldBe("no answer");
    }

    [Test]
    public async Task WebHook_GivenUp_StaysVisibleWithoutItsBody_UntilItIsOld()
    {
        var delivery = await InsertAsync(Delivery()).ConfigureAwait(false);
        await LeaseHooksAsync("one", Now).ConfigureAwait(false);
        (await WriteAsync((s, t) => s.WebHooks.AbandonAsync(delivery.Id, "one", "gone", Now, t)).ConfigureAwait(false)).ShouldBeTrue();
        (await ReadAsync((s, t) => s.WebHooks.FirstDueAsync([], t)).ConfigureAwait(false)).ShouldBeNull();
        (await ReadAsync((s, t) => s.WebHooks.ListAbandonedAsync(10, t)).ConfigureAwait(false)).ShouldHaveSingleItem()
            .ShouldBe(delivery with { Attempts = 1, Fault = "gone", Body = "", DueAt = null });
        (await WriteAsync((s, t) => s.WebHooks.DeleteOldAsync(Now, 10, t)).ConfigureAwait(false)).ShouldBe(0);
        (await WriteAsync((s, t) => s.WebHooks.DeleteOldAsync(Now.AddSeconds(1), 10, t)).ConfigureAwait(false)).ShouldBe(1);
    }

    [Test]
    public async Task WebHook_OfAnExceptedTarget_IsNeitherDueNorTaken()
    {
        await InsertAsync(Delivery()).ConfigureAwait(false);
        var other = await InsertAsync(Delivery() with { Target = "other", DueAt = Now.AddSeconds(1) }).ConfigureAwait(false);
        Task<DateTimeOffset?> FirstDueAsync(params string[] except) => ReadAsync((s, t) => s.WebHooks.FirstDueAsync(except, t));
        (await FirstDueAsync("hook").ConfigureAwait(false)).ShouldBe(other.DueAt);
        (await FirstDueAsync("hook", "other").ConfigureAwait(false)).ShouldBeNull();
        var leased = await WriteAsync((s, t) => s.WebHooks.LeaseAsync("one", 10, ["hook"], Now.AddSeconds(1), LeaseEnd, t)).ConfigureAwait(false);
        leased.ShouldHaveSingleItem().Id.ShouldBe(other.Id);
    }

    [Test]
    public async Task WebHook_Lease_TakesTheLongestWaitingUpToTheLimit_TheOldestFirst()
    {
        var third = await InsertAsync(Delivery() with { DueAt = Now.AddSeconds(2) }).ConfigureAwait(false);
        // Written first, due second: an earlier attempt failed.
        var second = await InsertAsync(Delivery() with { DueAt = Now.AddSeconds(1), CreatedAt = Now.AddHours(-1) }).ConfigureAwait(false);
        var first = await InsertAsync(Delivery()).ConfigureAwait(false);
        Task<IReadOnlyList<WebHookDelivery>> TakeAsync() => WriteAsync((s, t) => s.WebHooks.LeaseAsync("one", 2, [], Now.AddSeconds(9), LeaseEnd, t));
        (await TakeAsync().ConfigureAwait(false)).Select(d => d.Id).ShouldBe([second.Id, first.Id]);
        (await TakeAsync().ConfigureAwait(false)).Select(d => d.Id).ShouldBe([third.Id]);
    }

    [Test]
    public async Task WebHook_GivenUp_AreListedNewestFirstAndDeletedUpToTheLimit()
    {
        List<Guid> newestFirst = [];
        for (var i = 0; i < 3; i++)
        {
            var delivery = await InsertAsync(Delivery()).ConfigureAwait(false);
            await LeaseHooksAsync("one", Now).ConfigureAwait(false);
            await WriteAsync((s, t) => s.WebHooks.AbandonAsync(delivery.Id, "one", "gone", Now.AddSeconds(i), t)).ConfigureAwait(false);
            newestFirst.Insert(0, delivery.Id);
        }

        (await ReadAsync((s, t) => s.WebHooks.ListAbandonedAsync(2, t)).ConfigureAwait(false)).Select(d => d.Id).ShouldBe(newestFirst.Take(2));
        await DeletesUpToTheLimitAsync((s, limit, t) => s.WebHooks.DeleteOldAsync(Now.AddDays(1), limit, t)).ConfigureAwait(false);
    }

    private static WebHookDelivery Delivery() => new() { Id = Guid.CreateVersion7(Now), Target = "hook", Body = "sealed", DueAt = Now, CreatedAt = Now };

    private async Task<WebHookDelivery> InsertAsync(WebHookDelivery delivery)
    {
        await WriteAsync((s, t) => s.WebHooks.InsertAsync(delivery, t)).ConfigureAwait(false);
        return delivery;
    }

    private Task<IReadOnlyList<WebHookDelivery>> LeaseHooksAsync(string owner, DateTimeOffset now) => WriteAsync((s, t) => s.WebHooks.LeaseAsync(owner, 10, [], now, now.AddMinutes(1), t));
}
