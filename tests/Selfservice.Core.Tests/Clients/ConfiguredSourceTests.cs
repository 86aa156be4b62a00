using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Selfservice.Clients;
using Selfservice.Configuration;

namespace Selfservice.Core.Tests.Clients;

public sealed class ConfiguredSourceTests
{
    private FakeTimeProvider _clock = null!;
    private OutboundHttp _http = null!;
    private Server _server = null!;
    private ConfiguredSource<int> _source = null!;

    [SetUp]
    public void SetUp()
    {
        _clock = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
        _http = new(publicOnly: false, (_, _) => throw new InvalidOperationException());
        _server = new();
        _source = new(_server.Url, int.Parse, _http, _clock);
    }

    [TearDown]
    public void TearDown()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Test]
    public async Task Get_WithinAnHour_AsksTheServerOnce()
    {
        (await GetAsync()).ShouldBe(1);
        _server.Text = "2";
        _clock.Advance(TimeSpan.FromMinutes(59));
        (await GetAsync()).ShouldBe(1);
        _server.Calls.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await GetAsync()).ShouldBe(2);
    }

    /// <summary>Somebody signs up, and the server with the program takes the call and says nothing. Without a limit this sign-up and all after it would never be answered.</summary>
    [Test]
    public async Task Get_FromASilentServer_FailsAfterTenSeconds()
    {
        _server.Text = null;
        var get = GetAsync();
        await _server.CalledAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(9));
        get.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<FormatException>(get)).Message.ShouldBe("could not be read within 10 seconds");
    }

    [Test]
    public async Task Get_ByACallerWhoLeaves_IsCanceledAndNotTakenForAFault()
    {
        _server.Text = null;
        using var leave = new CancellationTokenSource();
        var get = _source.GetAsync(leave.Token).AsTask();
        await _server.CalledAsync(1);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(get);
    }

    [TestCase("no number", "")]
    [TestCase("1", "; charset=unheard-of")]
    public async Task Get_OfWhatCannotBeUsed_Fails(string text, string type)
    {
        (_server.Text, _server.ContentType) = (text, "text/plain" + type);
        await Should.ThrowAsync<FormatException>(GetAsync());
        // Nothing is known, so each caller asks.
        (_server.Text, _server.ContentType) = ("3", "text/plain");
        (await GetAsync()).ShouldBe(3);
    }

    [TestCase("no number")]
    [TestCase(null)]
    public async Task Get_WhileTheServerFails_KeepsWhatIsKnownAndLooksAgainAfterAMinute(string? text)
    {
        (await GetAsync()).ShouldBe(1);
        _server.Text = text;
        _clock.Advance(TimeSpan.FromHours(1));
        var first = GetAsync();
        await _server.CalledAsync(2);
        // While the first waits, the others do not.
        (await GetAsync()).ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        (await first).ShouldBe(1);
        _server.Text = "2";
        _clock.Advance(TimeSpan.FromSeconds(49));
        (await GetAsync()).ShouldBe(1);
        _server.Calls.ShouldBe(2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await GetAsync()).ShouldBe(2);
    }

    /// <summary>What is in use may be out of date: somebody should learn of it, and not of the secret that a path may hold.</summary>
    [Test]
    public async Task Get_WhileTheServerFails_IsToldWithoutThePath()
    {
        var log = new Log();
        using var http = new OutboundHttp(Options.Create(new SelfserviceOptions { Clients = { Http = { DisallowPrivateIpRanges = false } } }), log);
        var source = new ConfiguredSource<int>(_server.Url + "planted-secret", int.Parse, http, _clock);
        (await source.GetAsync(CancellationToken.None)).ShouldBe(1);
        log.Lines.ShouldBeEmpty();
        _server.Text = "no number";
        _clock.Advance(TimeSpan.FromHours(1));
        (await source.GetAsync(CancellationToken.None)).ShouldBe(1);
        log.Lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(l => l.ShouldStartWith("SourceStale"), l => l.ShouldContain("127.0.0.1"), l => l.ShouldNotContain("planted"));
    }

    private Task<int> GetAsync() => _source.GetAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private sealed class Log : ILogger<OutboundHttp>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{eventId.Name} {formatter(state, exception)} {exception}");
    }

    /// <summary>Answers each call with the text; with none it takes the call and is silent.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _held = [];
        private int _calls;

        public Server()
        {
            _listener.Start();
            _ = AnswerAsync();
        }

        public string? Text { get; set; } = "1";

        public string ContentType { get; set; } = "text/plain";

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public int Calls => _calls;

        public async Task CalledAsync(int times)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (_calls < times)
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _held.ForEach(client => client.Dispose());
        }

        private async Task AnswerAsync()
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _held.Add(client);
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // To the end of the head.
                }

                Interlocked.Increment(ref _calls);
                if (Text is not { } text)
                    continue;
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {ContentType}\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}"));
                client.Dispose();
            }
        }
    }
}
