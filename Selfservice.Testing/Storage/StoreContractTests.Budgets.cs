using NUnit.Framework;
using Selfservice.Storage;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    private static readonly Budget Three = new("tries", "a@example.org", 3, TimeSpan.FromMinutes(10));

    [Test]
    public async Task Budget_TakenInParallel_GivesItsLimitAndNoMore()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, Now, token))))).ConfigureAwait(false);
        taken.Count(t => t).ShouldBe(3);
        (await ReadAsync((scope, token) => scope.Budgets.CountLeftAsync(Three, Now, token)).ConfigureAwait(false)).ShouldBe(0);
    }

    [Test]
    public async Task Budget_AfterItsWindow_BeginsAnew()
    {
        for (var i = 0; i < 3; i++)
            await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, Now, token)).ConfigureAwait(false);
        var end = Now + Three.Window;
        (await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, end.AddMilliseconds(-1), token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, end, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await ReadAsync((scope, token) => scope.Budgets.CountLeftAsync(Three, end, token)).ConfigureAwait(false)).ShouldBe(2);
    }

    [Test]
    public async Task Budget_OfAnotherPurposeOrSubject_IsAnother()
    {
        for (var i = 0; i < 3; i++)
            await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, Now, token)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three with { Purpose = "mails" }, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three with { Subject = "b@example.org" }, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
    }

    [Test]
    public async Task Budget_Ended_IsDeletedUpToTheLimit()
    {
        foreach (var subject in new[] { "a", "b" })
            await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three with { Subject = subject }, Now, token)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Budgets.DeleteExpiredAsync(Now, 10, token)).ConfigureAwait(false)).ShouldBe(0);
        (await WriteAsync((scope, token) => scope.Budgets.DeleteExpiredAsync(Now.AddHours(1), 1, token)).ConfigureAwait(false)).ShouldBe(1);
        (await WriteAsync((scope, token) => scope.Budgets.DeleteExpiredAsync(Now.AddHours(1), 10, token)).ConfigureAwait(false)).ShouldBe(1);
    }

    [Test]
    public async Task Budget_Reset_IsWholeAgain_UnlessItIsUsedUp()
    {
        await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(Three, Now, token)).ConfigureAwait(false);
        var other = Three with { Subject = "b@example.org" };
        for (var i = 0; i < 3; i++)
            await WriteAsync((scope, token) => scope.Budgets.TryTakeAsync(other, Now, token)).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Budgets.TryResetAsync(Three, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await WriteAsync((scope, token) => scope.Budgets.TryResetAsync(Three, Now, token)).ConfigureAwait(false)).ShouldBeTrue();
        (await ReadAsync((scope, token) => scope.Budgets.CountLeftAsync(Three, Now, token)).ConfigureAwait(false)).ShouldBe(3);
        (await WriteAsync((scope, token) => scope.Budgets.TryResetAsync(other, Now, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await ReadAsync((scope, token) => scope.Budgets.CountLeftAsync(other, Now, token)).ConfigureAwait(false)).ShouldBe(0);
        (await WriteAsync((scope, token) => scope.Budgets.TryResetAsync(other, Now + other.Window, token)).ConfigureAwait(false)).ShouldBeTrue();
    }
}
