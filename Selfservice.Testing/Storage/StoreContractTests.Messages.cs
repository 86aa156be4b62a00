using NUnit.Framework;
using Selfservice.Courier;
using Selfservice.Errors;
using Selfservice.Storage;
using Shouldly;
using static Selfservice.Testing.Storage.StoreSamples;

namespace Selfservice.Testing.Storage;

public abstract partial class StoreContractTests
{
    private static readonly DateTimeOffset LeaseEnd = Now.AddMinutes(1);

    [Test]
    public async Task Message_IsFoundAsItWasWritten()
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        Shape(await FindAsync(message).ConfigureAwait(false)).ShouldBe(Shape(message));
        (await FindAsync(Message()).ConfigureAwait(false)).ShouldBeNull();
        var plain = await InsertAsync(Message() with { RequestHeaders = null, Culture = null }).ConfigureAwait(false);
        Shape(await FindAsync(plain).ConfigureAwait(false)).ShouldBe(Shape(plain));
    }

    [Test]
    public async Task Message_OfATransactionThatIsUndone_IsNotKept()
    {
        var message = Message();
        await WriteAsync(async (scope, token) =>
        {
            await scope.Messages.InsertAsync(message, token).ConfigureAwait(false);
            scope.RollBack();
        }).ConfigureAwait(false);
        (await FindAsync(message).ConfigureAwait(false)).ShouldBeNull();
    }

    [Test]
    public async Task Message_Leased_IsProcessingAndNobodyElsesUntilTheLeaseEnds()
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        var leased = (await LeaseAsync("one", Now).ConfigureAwait(false)).ShouldHaveSingleItem();
        Shape(leased).ShouldBe(Shape(message with { Status = CourierMessageStatus.Processing, SendCount = 1, DueAt = LeaseEnd, UpdatedAt = Now }));
        (await LeaseAsync("two", LeaseEnd.AddMilliseconds(-1)).ConfigureAwait(false)).ShouldBeEmpty();
        var again = (await LeaseAsync("two", LeaseEnd).ConfigureAwait(false)).ShouldHaveSingleItem();
        again.SendCount.ShouldBe(2);
        again.FailureCount.ShouldBe(0);
    }

    [Test]
    public async Task Message_LeasedInParallel_HasOneOwner()
    {
        foreach (var _ in Enumerable.Range(0, 20))
            await InsertAsync(Message()).ConfigureAwait(false);
        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(owner => Task.Run(() =>
            WriteAsync((scope, token) => scope.Messages.LeaseAsync($"owner-{owner}", 5, [], Now, LeaseEnd, token))))).ConfigureAwait(false);
        var ids = leases.SelectMany(messages => messages).Select(m => m.Id).ToList();
        ids.Count.ShouldBe(20);
        ids.ShouldBeUnique();
    }

    [Test]
    public async Task Message_Leased_OldestFirstUpToTheLimit()
    {
        var second = await InsertAsync(Message() with { CreatedAt = Now.AddSeconds(2), DueAt = Now.AddSeconds(2) }).ConfigureAwait(false);
        var first = await InsertAsync(Message() with { CreatedAt = Now.AddSeconds(1), DueAt = Now.AddSeconds(1) }).ConfigureAwait(false);
        var third = await InsertAsync(Message() with { CreatedAt = Now.AddSeconds(3), DueAt = Now.AddSeconds(3) }).ConfigureAwait(false);
        (await LeaseAsync("one", Now).ConfigureAwait(false)).ShouldBeEmpty();
        (await LeaseAsync("one", Now.AddSeconds(9), limit: 2).ConfigureAwait(false)).Select(m => m.Id).ShouldBe([first.Id, second.Id]);
        (await LeaseAsync("one", Now.AddSeconds(9), limit: 2).ConfigureAwait(false)).Select(m => m.Id).ShouldBe([third.Id]);
    }

    [Test]
    public async Task Message_FirstDue_IsTheEarliestAttemptOrLeaseEnd()
    {
        Task<DateTimeOffset?> FirstDueAsync() => ReadAsync((scope, token) => scope.Messages.FirstDueAsync([], token));
        (await FirstDueAsync().ConfigureAwait(false)).ShouldBeNull();
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        (await FirstDueAsync().ConfigureAwait(false)).ShouldBe(Now);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        (await FirstDueAsync().ConfigureAwait(false)).ShouldBe(LeaseEnd);
        await SentAsync(message).ConfigureAwait(false);
        (await FirstDueAsync().ConfigureAwait(false)).ShouldBeNull();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Message_Sent_IsOverAndKeepsItsContentOnlyWhenAsked(bool keepContent)
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        var dispatch = await SentAsync(message, keepContent).ConfigureAwait(false);
        var expected = message with { Status = CourierMessageStatus.Sent, SendCount = 1, DueAt = null, UpdatedAt = dispatch.EndedAt };
        Shape(await FindAsync(message).ConfigureAwait(false)).ShouldBe(Shape(keepContent ? expected : WithoutContent(expected)));
        (await DispatchesAsync(message).ConfigureAwait(false)).ShouldBe([dispatch]);
        (await LeaseAsync("one", Now.AddDays(1)).ConfigureAwait(false)).ShouldBeEmpty();
    }

    [Test]
    public async Task Message_SentAfterItsLeaseEnded_IsNotSentAgainByAnother()
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        await LeaseAsync("two", LeaseEnd).ConfigureAwait(false);
        await SentAsync(message).ConfigureAwait(false);
        (await WriteAsync((scope, token) => scope.Messages.MarkFailedAsync(Failure(message), "two", Now.AddHours(1), token)).ConfigureAwait(false)).ShouldBeFalse();
        (await FindAsync(message).ConfigureAwait(false)).ShouldNotBeNull().Status.ShouldBe(CourierMessageStatus.Sent);
        (await DispatchesAsync(message).ConfigureAwait(false)).Count.ShouldBe(1);
    }

    [Test]
    public async Task Message_Failed_WaitsForItsNextAttempt()
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        var (failure, next) = (Failure(message), Now.AddSeconds(30));
        (await WriteAsync((scope, token) => scope.Messages.MarkFailedAsync(failure, "two", next, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Messages.MarkFailedAsync(failure, "one", next, token)).ConfigureAwait(false)).ShouldBeTrue();
        Shape(await FindAsync(message).ConfigureAwait(false)).ShouldBe(Shape(message with { SendCount = 1, FailureCount = 1, DueAt = next, UpdatedAt = failure.EndedAt }));
        Shape(await DispatchesAsync(message).ConfigureAwait(false)).ShouldBe(Shape(new[] { failure }));
        (await LeaseAsync("two", next.AddMilliseconds(-1)).ConfigureAwait(false)).ShouldBeEmpty();
        (await LeaseAsync("two", next).ConfigureAwait(false)).ShouldHaveSingleItem().SendCount.ShouldBe(2);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Message_Abandoned_IsOver(bool keepContent)
    {
        var message = await InsertAsync(Message()).ConfigureAwait(false);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        var failure = Failure(message);
        (await WriteAsync((scope, token) => scope.Messages.AbandonAsync(failure, "two", keepContent, token)).ConfigureAwait(false)).ShouldBeFalse();
        (await WriteAsync((scope, token) => scope.Messages.AbandonAsync(failure, "one", keepContent, token)).ConfigureAwait(false)).ShouldBeTrue();
        var expected = message with { Status = CourierMessageStatus.Abandoned, SendCount = 1, FailureCount = 1, DueAt = null, UpdatedAt = failure.EndedAt };
        Shape(await FindAsync(message).ConfigureAwait(false)).ShouldBe(Shape(keepContent ? expected : WithoutContent(expected)));
        (await LeaseAsync("two", Now.AddDays(1)).ConfigureAwait(false)).ShouldBeEmpty();
    }

    [Test]
    public async Task Message_OfAnExceptedChannel_IsNeitherDueNorTaken()
    {
        await InsertAsync(Message()).ConfigureAwait(false);
        var text = await InsertAsync(Message() with { Channel = MessageChannel.Sms, DueAt = Now.AddSeconds(1) }).ConfigureAwait(false);
        Task<DateTimeOffset?> FirstDueAsync(params MessageChannel[] except) => ReadAsync((scope, token) => scope.Messages.FirstDueAsync(except, token));
        (await FirstDueAsync(MessageChannel.Email).ConfigureAwait(false)).ShouldBe(text.DueAt);
        (await FirstDueAsync(MessageChannel.Email, MessageChannel.Sms).ConfigureAwait(false)).ShouldBeNull();
        var leased = await WriteAsync((scope, token) => scope.Messages.LeaseAsync("one", 10, [MessageChannel.Email], Now.AddSeconds(1), LeaseEnd, token)).ConfigureAwait(false);
        leased.ShouldHaveSingleItem().Id.ShouldBe(text.Id);
    }

    [Test]
    public async Task Message_List_IsNewestFirstInPagesAndFiltered()
    {
        var messages = new List<CourierMessage>();
        foreach (var i in Enumerable.Range(0, 5))
            messages.Add(await InsertAsync(Message() with { Recipient = i % 2 == 0 ? "even@example.org" : "odd@example.org", CreatedAt = Now.AddSeconds(i / 2) }).ConfigureAwait(false));
        var newestFirst = messages.OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id.ToString()).ToList();
        Task<IReadOnlyList<CourierMessage>> ListAsync(CourierMessageQuery query) => ReadAsync((scope, token) => scope.Messages.ListAsync(query, token));

        var page = await ListAsync(new() { Limit = 2 }).ConfigureAwait(false);
        page.Select(m => m.Id).ShouldBe(newestFirst.Take(2).Select(m => m.Id));
        var next = await ListAsync(new() { Limit = 9, After = (page[1].CreatedAt, page[1].Id) }).ConfigureAwait(false);
        next.Select(m => m.Id).ShouldBe(newestFirst.Skip(2).Select(m => m.Id));
        (await ListAsync(new() { Limit = 9, Recipient = "odd@example.org" }).ConfigureAwait(false)).Count.ShouldBe(2);
        (await ListAsync(new() { Limit = 9, Status = CourierMessageStatus.Queued }).ConfigureAwait(false)).Count.ShouldBe(5);
        (await ListAsync(new() { Limit = 9, Status = CourierMessageStatus.Sent }).ConfigureAwait(false)).ShouldBeEmpty();
    }

    [Test]
    public async Task Message_Old_IsDeletedOnlyOnceItIsOver()
    {
        var sent = await InsertAsync(Message()).ConfigureAwait(false);
        await LeaseAsync("one", Now).ConfigureAwait(false);
        var waiting = await InsertAsync(Message()).ConfigureAwait(false);
        await SentAsync(sent).ConfigureAwait(false);
        Task<int> DeleteAsync(DateTimeOffset before) => WriteAsync((scope, token) => scope.Messages.DeleteOldAsync(before, 10, token));
        (await DeleteAsync(Now).ConfigureAwait(false)).ShouldBe(0);
        (await DeleteAsync(Now.AddDays(1)).ConfigureAwait(false)).ShouldBe(1);
        (await DispatchesAsync(sent).ConfigureAwait(false)).ShouldBeEmpty();
        (await FindAsync(waiting).ConfigureAwait(false)).ShouldNotBeNull();
    }

    [Test]
    public async Task Message_Old_IsDeletedUpToTheLimit()
    {
        for (var i = 0; i < 3; i++)
            await SentAsync(await InsertAsync(Message()).ConfigureAwait(false)).ConfigureAwait(false);
        await DeletesUpToTheLimitAsync((scope, limit, token) => scope.Messages.DeleteOldAsync(Now.AddDays(1), limit, token)).ConfigureAwait(false);
    }

    private static CourierMessage WithoutContent(CourierMessage message) => message with { Subject = "", Body = "", TemplateData = Json("{}"), RequestHeaders = null };

    private static MessageDispatch Dispatch(CourierMessage message) => new() { Id = NewId(), MessageId = message.Id, EndedAt = Now.AddSeconds(1) };

    private static MessageDispatch Failure(CourierMessage message) => Dispatch(message) with { Error = new ErrorObject { Code = 500, Message = "451 4.7.1", Reason = "busy" } };

    private async Task<CourierMessage> InsertAsync(CourierMessage message)
    {
        await WriteAsync((scope, token) => scope.Messages.InsertAsync(message, token)).ConfigureAwait(false);
        return message;
    }

    private Task<IReadOnlyList<CourierMessage>> LeaseAsync(string owner, DateTimeOffset now, int limit = 10) =>
        WriteAsync((scope, token) => scope.Messages.LeaseAsync(owner, limit, [], now, now == Now ? LeaseEnd : now.AddMinutes(1), token));

    private async Task<MessageDispatch> SentAsync(CourierMessage message, bool keepContent = false)
    {
        var dispatch = Dispatch(message);
        await WriteAsync((scope, token) => scope.Messages.MarkSentAsync(dispatch, keepContent, token)).ConfigureAwait(false);
        return dispatch;
    }

    private Task<CourierMessage?> FindAsync(CourierMessage message) => ReadAsync((scope, token) => scope.Messages.FindAsync(message.Id, token));

    private Task<IReadOnlyList<MessageDispatch>> DispatchesAsync(CourierMessage message) => ReadAsync((scope, token) => scope.Messages.ListDispatchesAsync(message.Id, token));
}
