using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Cleanup;
using Selfservice.Courier;
using Selfservice.Storage;

namespace Selfservice.Persistence.Tests;

public sealed class CleanupTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private FakeTimeProvider _time = null!;
    private SqliteStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTimeProvider(Start);
        _store = new SqliteStore(SqliteOptions.InMemory(), _time);
    }

    [TearDown]
    public async Task TearDown() => await _store.DisposeAsync();

    [Test]
    public async Task Clean_KeepsAnExpiredFlowForItsGraceTime()
    {
        var flow = await _store.InsertAsync(Flows.New() with { ExpiresAt = Start.AddMinutes(10) });
        using var cleaner = Cleaner();
        _time.Advance(TimeSpan.FromHours(24));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);
        (await _store.FindAsync(flow)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMinutes(11));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(1);
        (await _store.FindAsync(flow)).ShouldBeNull();
    }

    [Test]
    public async Task Clean_InBatches_DeletesAll()
    {
        for (var i = 0; i < 7; i++)
            await _store.InsertAsync(Flows.New() with { ExpiresAt = Start });
        _time.Advance(TimeSpan.FromDays(2));
        using var cleaner = Cleaner(new CleanupOptions { BatchSize = 3, Pause = TimeSpan.Zero });
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(7);
    }

    [Test]
    public async Task Clean_WhileAnotherHostHoldsTheLease_DeletesNothing()
    {
        await _store.InsertAsync(Flows.New() with { ExpiresAt = Start });
        _time.Advance(TimeSpan.FromDays(2));
        await _store.WriteAsync(
            (scope, token) => scope.Leases.TryAcquireAsync("cleanup", "another", _time.GetUtcNow(), _time.GetUtcNow().AddMinutes(1), token), CancellationToken.None);
        using var cleaner = Cleaner();
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Test]
    public async Task Clean_DeletesMessagesThatWereSentLongAgo()
    {
        var message = new CourierMessage
        {
            Id = Guid.CreateVersion7(Start),
            Status = CourierMessageStatus.Sent,
            Channel = MessageChannel.Email,
            Recipient = "a@example.org",
            Body = "",
            Template = CourierTemplate.RecoveryCodeValid,
            TemplateData = JsonElement.Parse("{}"),
            CreatedAt = Start,
            UpdatedAt = Start,
        };
        await _store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Messages.InsertAsync(message, token);
                return true;
            },
            CancellationToken.None);
        using var cleaner = Cleaner();
        _time.Advance(TimeSpan.FromDays(30));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Test]
    public async Task Clean_DeletesOldErrors()
    {
        var error = new ErrorRecord(Guid.CreateVersion7(Start), new byte[] { 1 }, Start);
        await _store.WriteAsync(
            async (scope, token) =>
            {
                await scope.Errors.InsertAsync(error, token);
                return true;
            },
            CancellationToken.None);
        using var cleaner = Cleaner();
        _time.Advance(TimeSpan.FromDays(7));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Test]
    public async Task Services_AddedTwice_AreRegisteredOnceAndWork()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSqliteStore(o => o.Temporary = true);
        services.AddSqliteStore(null);
        services.Count(s => s.ServiceType == typeof(IHostedService)).ShouldBe(1);
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().ToList();
        await hosted.OfType<IHostedLifecycleService>().Single().StartingAsync(CancellationToken.None);
        await provider.GetRequiredService<SqliteStore>().CheckAsync(CancellationToken.None);
        provider.GetRequiredService<IStore>().ShouldBeSameAs(provider.GetRequiredService<SqliteStore>());
    }

    [TestCase("Data Source=:memory:")]
    [TestCase("Data Source=x;Mode=Memory")]
    [TestCase("Data Source=x;Mode=ReadOnly")]
    [TestCase("")]
    [TestCase("nonsense=1")]
    public void Options_WithAConnectionStringThatCannotWork_AreRefused(string text) =>
        new SqliteOptionsCheck().Validate(null, new SqliteOptions { ConnectionString = text }).Failed.ShouldBeTrue();

    /// <summary>Less than the dates go back: otherwise the first clean-up would end the host.</summary>
    [Test]
    public async Task Options_WithTimesBeyondTheLongest_AreRefused()
    {
        var forever = TimeSpan.MaxValue;
        foreach (var options in new CleanupOptions[] { new() { FlowGrace = forever }, new() { SecretGrace = forever }, new() { SessionGrace = forever }, new() { ErrorRetention = forever }, new() { MessageRetention = forever } })
            IsRefused(options).ShouldBeTrue();
        var longest = TimeSpan.FromDays(36_500);
        var settings = new CleanupOptions { FlowGrace = longest, SecretGrace = longest, SessionGrace = longest, ErrorRetention = longest, MessageRetention = longest };
        IsRefused(settings).ShouldBeFalse();
        using var cleaner = Cleaner(settings);
        (await cleaner.CleanAsync(CancellationToken.None)).ShouldBe(0);

        static bool IsRefused(CleanupOptions options) => new CleanupOptionsCheck().Validate(null, options).Failed;
    }

    private ExpiredRowsCleaner Cleaner(CleanupOptions? options = null) =>
        new(_store, Options.Create(options ?? new CleanupOptions()), _time, NullLogger<ExpiredRowsCleaner>.Instance);
}
