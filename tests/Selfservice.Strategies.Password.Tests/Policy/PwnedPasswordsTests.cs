using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Strategies.Password.Policy;

namespace Selfservice.Strategies.Password.Tests.Policy;

/// <summary>N8 and ASVS 6.2.12, over real HTTP.</summary>
public sealed class PwnedPasswordsTests
{
    // SHA-1 of "password" is 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    private const string Password = "password";
    private const string Suffix = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
    private const string Other = "0018A45C4D1DEF81644B54AB7F969B88D65";

    private readonly CapturedLog _log = new();
    private FakeTimeProvider _time = null!;
    private RangeServer _server = null!;
    private ServiceProvider _services = null!;
    private long _outages;

    [SetUp]
    public async Task SetUp()
    {
        _time = new FakeTimeProvider();
        _server = await RangeServer.StartAsync();
        _services = new ServiceCollection().AddHttpClient().AddMetrics().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        _outages = 0;
        _log.Lines.Clear();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [TestCase(Suffix + ":42", 42L)]
    [TestCase(Suffix, 1L)]
    [TestCase("1e4c9b93f3f0682250b6cf8331b7ee68fd8:7", 7L)]
    [TestCase(Suffix + ":0", 0L, Description = "padding")]
    [TestCase(Other + ":9\r\n" + Suffix + ":42\r\n", 42L)]
    [TestCase(Other + ":9\n" + Suffix + "\n", 1L)]
    [TestCase(Suffix + ":many", 1L, Description = "found, though nobody knows how often")]
    [TestCase(Suffix + ":-3", 1L)]
    [TestCase(Suffix + "00:5", 0L)]
    [TestCase(Other + ":9\r\n", 0L)]
    [TestCase("", 0L)]
    [TestCase("<html>not the protocol</html>", 0L)]
    public async Task Count_OfAnAnswer_ReadsTheLineOfThePassword(string answer, long expected)
    {
        _server.AnswerText(answer);

        (await Client().CountAsync(Password, default)).ShouldBe(expected);
    }

    [Test]
    public async Task Count_SendsFiveDigitsAndAsksForPadding()
    {
        await Client().CountAsync(Password, default);

        _server.Requests.ShouldBe([("/range/5BAA6", "true", "Selfservice")]);
    }

    [Test]
    public async Task Count_WithinAnHour_AsksOnce()
    {
        _server.AnswerText(Suffix + ":42");
        var client = Client();
        await client.CountAsync(Password, default);
        _time.Advance(TimeSpan.FromMinutes(59));

        (await client.CountAsync(Password, default)).ShouldBe(42);
        _server.Requests.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await client.CountAsync(Password, default);
        _server.Requests.Count.ShouldBe(2);
    }

    [Test]
    public async Task Count_OfManyPasswords_RemembersABoundedNumber()
    {
        var client = Client(new() { CacheEntries = 3 });
        for (var i = 0; i < 5; i++)
            await client.CountAsync($"password {i}", default);

        client.CachedAnswers.ShouldBe(3);
        await client.CountAsync("password 4", default);
        _server.Requests.Count.ShouldBe(5);
        await client.CountAsync("password 0", default);
        _server.Requests.Count.ShouldBe(6);
    }

    [TestCase(500)]
    [TestCase(404)]
    [TestCase(429)]
    [TestCase(204)]
    public async Task Count_WithABadStatus_IsAnOutage(int status)
    {
        _server.Answer = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        await ExpectOutageAsync(Client());
        _log.Lines.ShouldContain(line => line.Contains($"status {status}", StringComparison.Ordinal));
    }

    [Test]
    public async Task Count_OfAnEndlessAnswer_IsAnOutage()
    {
        _server.Answer = static async context =>
        {
            var chunk = new byte[8192];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        };

        await ExpectOutageAsync(Client(new() { MaximumResponseBytes = 65_536 }));
    }

    [Test]
    public async Task Count_WhenTheServerIsSilent_GivesUpAfterTheTimeout()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Answer = async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        };
        var client = Client();
        using var outages = ListenForOutages();
        var question = client.CountAsync(Password, default);
        await asked.Task;

        _time.Advance(TimeSpan.FromSeconds(2));

        (await question).ShouldBeNull();
        _outages.ShouldBe(1);
    }

    [Test]
    public async Task Count_WhenTheServerIsGone_IsAnOutage()
    {
        var client = Client();
        await _server.DisposeAsync();

        await ExpectOutageAsync(client);
    }

    [Test]
    public async Task Count_AfterAnOutage_AsksAgain()
    {
        _server.Answer = static context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var client = Client();
        await ExpectOutageAsync(client);
        _server.AnswerText(Suffix + ":42");

        (await client.CountAsync(Password, default)).ShouldBe(42);
    }

    [Test]
    public async Task Count_CancelledByTheCaller_IsNoOutage()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var outages = ListenForOutages();

        await Should.ThrowAsync<OperationCanceledException>(async () => await Client().CountAsync(Password, cancelled.Token));
        _outages.ShouldBe(0);
    }

    [TestCase("")]
    [TestCase("bad host")]
    [TestCase("ftp://host")]
    [TestCase("https://host/path")]
    [TestCase("host?query")]
    public void Options_WithABadHost_AreRefused(string host)
    {
        Should.Throw<ArgumentException>(() => new BreachedPasswordsOptions { Host = host }.Validate()).Message.ShouldContain(host);
    }

    private async Task ExpectOutageAsync(PwnedPasswords client)
    {
        using var outages = ListenForOutages();
        _outages = 0;

        (await client.CountAsync(Password, default)).ShouldBeNull();

        _outages.ShouldBe(1);
        var warnings = _log.Lines.Where(static line => line.StartsWith("Warning", StringComparison.Ordinal)).ToList();
        warnings.ShouldNotBeEmpty();
        // Neither the hash nor the part of it that is sent.
        warnings.ShouldAllBe(static line => !line.Contains("5BAA6", StringComparison.OrdinalIgnoreCase) && !line.Contains(Suffix, StringComparison.OrdinalIgnoreCase));
    }

    private MeterListener ListenForOutages()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Name == "selfservice.password.breach_check.outages")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _outages, count));
        listener.Start();
        return listener;
    }

    private PwnedPasswords Client(BreachedPasswordsOptions? options = null)
    {
        options ??= new();
        options.Host = _server.Address;
        return new(
            options, _services.GetRequiredService<IHttpClientFactory>(), _time, _services.GetRequiredService<IMeterFactory>(),
            _services.GetRequiredService<ILogger<PwnedPasswords>>());
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) =>
            categoryName.EndsWith(nameof(PwnedPasswords), StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
