using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Selfservice.WebHooks.Tests.HookHost;

namespace Selfservice.WebHooks.Tests;

/// <summary>A wrong entry stops the host with the sentence that mends it.</summary>
internal sealed class WebHookConfigurationTests
{
    [TestCase("""{"Url":null}""", "needs a Url")]
    [TestCase("""{"Url":"ftp://example.org"}""", "needs a Url")]
    [TestCase("""{"Method":null}""", "needs a Method")]
    [TestCase("""{"Body":null}""", "needs a Body")]
    [TestCase("""{"Body":"base64://e"}""", "is no Base64")]
    [TestCase("""{"Body":"base64://ZnVuY3Rpb24oY3R4"}""", "no Jsonnet program")]
    [TestCase("""{"Body":"file:///does/not/exist"}""", "cannot be read")]
    [TestCase("""{"Uri":"http://example.org"}""", "Uri")]
    [TestCase("""{"Response":{"Ignore":true,"Parse":true}}""", "ignore the answer")]
    [TestCase("""{"Response":{"Ignore":true},"CanInterrupt":true}""", "ignore the answer")]
    [TestCase("""{"Response":{"Ignored":true}}""", "Ignored")]
    [TestCase("""{"Auth":{"Type":"bearer"}}""", "Auth:Type")]
    [TestCase("""{"Auth":{"Type":"basic_auth","Config":{"User":"kim"}}}""", "Auth:Type")]
    [TestCase("""{"Headers":{"Content-Type":"text/plain"}}""", "Content-Type")]
    [TestCase("""{"Headers":{"X":"a\r\nY: b"}}""", "cannot be sent")]
    public async Task WrongEntry_StopsTheHost(string more, string sentence)
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(f => f.Registration.After.Hooks = [Hook("https://hooks.example.org/", more: more)]));
        fault.Message.ShouldContain(sentence);
    }

    [Test]
    public async Task UnknownHook_StopsTheHost_BeforeFlowsToo()
    {
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(f => f.Login.Before.Hooks = [new() { Hook = "web_hok" }]))).Message.ShouldContain("web_hok");
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(f => f.Login.Before.Hooks = [new() { Hook = "session" }]))).Message.ShouldContain("before a flow");
    }

    /// <summary>What the host made until then, its database among it, goes with it.</summary>
    [Test]
    public async Task StoppedHost_IsDisposedOf()
    {
        // The container makes it, and so disposes of it.
        var witness = new Witness();
        await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(
            f => f.Login.Before.Hooks = [new() { Hook = "web_hok" }], configure: builder => builder.Services.AddSingleton<ILoggerProvider>(_ => witness)));
        witness.IsDisposed.ShouldBeTrue();
    }

    [Test]
    public async Task HookWithoutSettings_TakesNone() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(f => f.Registration.After.Hooks = [new() { Hook = "session", Config = new JsonObject { ["Url"] = "x" } }])))
            .Message.ShouldContain("takes no Config");

    [Test]
    public void Texts_ThatLookLikeNumbers_StayTexts()
    {
        var target = WebHookTarget.Read(new() { ["Url"] = "https://hooks.example.org/", ["Method"] = "TRACE", ["Headers"] = new JsonObject { ["X-Key"] = 4711 } });
        using var request = target.Request(null);
        request.Headers.GetValues("X-Key").ShouldHaveSingleItem().ShouldBe("4711");
    }

    private sealed class Witness : ILoggerProvider
    {
        public bool IsDisposed { get; private set; }

        public ILogger CreateLogger(string categoryName) => NullLogger.Instance;

        public void Dispose() => IsDisposed = true;
    }
}
