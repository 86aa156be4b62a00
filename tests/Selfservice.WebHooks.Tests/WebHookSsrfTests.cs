using Microsoft.Extensions.DependencyInjection;
using static Selfservice.WebHooks.Tests.HookHost;

namespace Selfservice.WebHooks.Tests;

/// <summary>A hook's address that leads into the own network is not called, whatever it is written as.</summary>
internal sealed class WebHookSsrfTests
{
    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("127.1")]
    [TestCase("[::ffff:127.0.0.1]")]
    public async Task PrivateTarget_IsNotCalled(string name)
    {
        await using var receiver = await Receiver.StartAsync();
        var target = WebHookTarget.Read(Hook(receiver.Url.Replace("127.0.0.1", name, StringComparison.Ordinal)).Config);
        await using (var open = await StartAsync(_ => { }))
            (await CallAsync(open, target)).Status.ShouldBe(200);
        await using var host = await StartAsync(_ => { }, publicOnly: true);
        var attempt = await CallAsync(host, target);
        attempt.Status.ShouldBe(0);
        attempt.Result.ShouldBeOfType<WebHookResult.Failed>();
        receiver.Calls.ShouldHaveSingleItem();
    }

    [Test]
    public async Task Redirect_IsNotFollowed()
    {
        await using var inner = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => new(307, "", ("Location", inner.Url));
        await using var host = await StartAsync(_ => { });
        (await CallAsync(host, WebHookTarget.Read(Hook(receiver.Url).Config))).Status.ShouldBe(307);
        inner.Calls.ShouldBeEmpty();
    }

    private static Task<WebHookAttempt> CallAsync(Testing.Hosts.SelfserviceTestHost host, WebHookTarget target) =>
        host.Services.GetRequiredService<WebHookCaller>().TryAsync(target, "{}", Guid.Empty, CancellationToken.None);
}
