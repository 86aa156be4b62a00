using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>A provider changes its keys whenever it wants; and somebody sends tokens of keys that nobody knows, so that this host asks for the provider's all the time.</summary>
public sealed class KeyRotationTests
{
    private Exchange _exchange = null!;

    [SetUp]
    public async Task StartAsync() => _exchange = await Exchange.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _exchange.DisposeAsync();

    [Test]
    public async Task Keys_AreReadOnce()
    {
        await _exchange.ClaimsAsync();
        await _exchange.ClaimsAsync();
        _exchange.Remote.Count("/jwks").ShouldBe(1);
    }

    [TestCase("key-2")]
    [TestCase("key-1")]
    public async Task Token_OfANewKey_WorksAtOnce(string id)
    {
        await _exchange.ClaimsAsync();
        _exchange.Time.Advance(MetadataCache.RefreshInterval);
        using var next = new SigningKey(id);
        _exchange.Remote.Key = next;
        (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
        _exchange.Remote.Count("/jwks").ShouldBe(2);
    }

    /// <summary>A clock that was ahead is set right after the keys were read. Ages taken from it would keep every new key away until it has come as far again.</summary>
    [Test]
    public async Task Token_OfANewKey_AfterTheClockWentBack_Works()
    {
        await _exchange.ClaimsAsync();
        _exchange.Time.Offset = TimeSpan.FromHours(-1);
        _exchange.Time.Advance(MetadataCache.RefreshInterval);
        using var next = new SigningKey("key-2");
        _exchange.Remote.Key = next;
        (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
    }

    [Test]
    public async Task Tokens_OfUnknownKeys_CauseOneRefreshAMinute()
    {
        await _exchange.ClaimsAsync();
        using var unknown = new SigningKey("unknown");
        _exchange.Remote.Sign = claims => unknown.Sign(claims);
        for (var minute = 1; minute <= 3; minute++)
        {
            _exchange.Time.Advance(MetadataCache.RefreshInterval);
            for (var i = 0; i < 5; i++)
                (await _exchange.RedeemAsync()).Error().Code.ShouldBe(400);
            _exchange.Remote.Count("/jwks").ShouldBe(1 + minute);
        }
    }

    [Test]
    public async Task Keys_ThatCannotBeReadAgain_StayTheOldOnes()
    {
        await _exchange.ClaimsAsync();
        _exchange.Time.Advance(MetadataCache.Lifetime);
        _exchange.Remote.Instead = async context =>
        {
            if (context.Request.Path != "/jwks")
                return false;
            await LocalProvider.WriteAsync(context, "", 500);
            return true;
        };
        (await _exchange.ClaimsAsync()).Subject.ShouldBe(LocalProvider.Subject);
        _exchange.Remote.Count("/jwks").ShouldBe(2);
    }

    [Test]
    public async Task Keys_AreReadOnceForAllWhoWait()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _exchange.StartSignInAsync().AsTask()));
        _exchange.Remote.Count("/.well-known/openid-configuration").ShouldBe(1);
    }
}
