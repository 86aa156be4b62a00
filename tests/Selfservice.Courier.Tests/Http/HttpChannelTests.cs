using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Courier.Tests.Servers;

namespace Selfservice.Courier.Tests.Http;

public sealed class HttpChannelTests
{
    private HttpReceiver _receiver = null!;

    [SetUp]
    public async Task SetUp() => _receiver = await HttpReceiver.StartAsync();

    [TearDown]
    public void TearDown() => _receiver?.Dispose();

    [Test]
    public async Task TextMessage_WithTheDefaultBody_TellsWhatIsKnown()
    {
        await using var host = Sms("/sms", []);
        var message = await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        var request = _receiver.Received.ShouldHaveSingleItem();
        (request.Method, request.Path).ShouldBe(("POST", "/sms"));
        request.Headers["content-type"].ShouldBe("application/json");
        request.Headers["idempotency-key"].ShouldBe(message.Id.ToString());
        JsonNode.DeepEquals(JsonNode.Parse(request.Body), new JsonObject
        {
            ["recipient"] = "+491701234567", ["template_type"] = "recovery_code_valid", ["to"] = "+491701234567", ["recovery_code"] = "048151", ["recovery_url"] = null,
            ["verification_url"] = null, ["verification_code"] = "048151", ["subject"] = "", ["body"] = message.Body,
        }).ShouldBeTrue(request.Body);
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Sent);
    }

    [Test]
    public async Task Mail_ByHttp_CarriesBothPartsAndAllOfTheContext()
    {
        await using var host = new CourierHost(new()
        {
            ["Courier:DeliveryStrategy"] = "http",
            ["Courier:Http:RequestConfig:Url"] = $"{_receiver.Url}/mail",
            ["Courier:Http:RequestConfig:Method"] = "PUT",
            ["Courier:Http:RequestConfig:Body"] = Inline("function(ctx) ctx"),
            ["Courier:Http:RequestConfig:Headers:X-Tenant"] = "t1",
            ["Courier:Http:RequestConfig:Headers:Idempotency-Key"] = "own",
            ["Courier:Http:RequestConfig:Auth:Type"] = "basic_auth",
            ["Courier:Http:RequestConfig:Auth:Config:User"] = "us",
            ["Courier:Http:RequestConfig:Auth:Config:Password"] = "ör",
        });
        await host.PostAsync();
        await host.DeliverAsync();
        var request = _receiver.Received.ShouldHaveSingleItem();
        (request.Method, request.Headers["x-tenant"], request.Headers["idempotency-key"]).ShouldBe(("PUT", "t1", "own"));
        request.Headers["authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("us:ör")));
        var context = JsonElement.Parse(request.Body);
        context.EnumerateObject().Select(m => m.Name).Order().ShouldBe(["body", "html_body", "message_type", "recipient", "request_headers", "subject", "template_data", "template_type"]);
        context.GetProperty("html_body").GetString().ShouldNotBeNull().ShouldContain("048151");
        context.GetProperty("template_data").GetProperty("to").GetString().ShouldBe("ada@example.org");
        context.GetProperty("message_type").GetString().ShouldBe("email");
        context.GetProperty("request_headers").GetRawText().ShouldBe("{}");
    }

    [TestCase("header", "x-key", "k ey")]
    [TestCase("cookie", "cookie", "X-Key=k ey")]
    public async Task ApiKey_IsSentWhereItBelongs(string place, string header, string expected)
    {
        await using var host = Sms("/sms", new() { ["Auth:Type"] = "api_key", ["Auth:Config:Name"] = "X-Key", ["Auth:Config:Value"] = "k ey", ["Auth:Config:In"] = place });
        await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        _receiver.Received.ShouldHaveSingleItem().Headers[header].ShouldBe(expected);
    }

    [Test]
    public async Task Form_IsEncoded()
    {
        await using var host = Sms("/sms", new() { ["Headers:Content-Type"] = "application/x-www-form-urlencoded", ["Body"] = Inline("function(ctx) { To: ctx.recipient, Body: 'a&b=c' }") });
        await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        _receiver.Received.ShouldHaveSingleItem().Body.Split('&').Order().ShouldBe(["Body=a%26b%3Dc", "To=%2B491701234567"]);
    }

    [TestCase("/fail/500", null, "status 500")]
    [TestCase("/fail/400", null, "status 400")]
    [TestCase("/fail/302", null, "status 302")]
    [TestCase("/sms", "function(ctx) error 'no credit'", "no credit")]
    [TestCase("/sms", "function(ctx) local f(x) = f(x + 1) + 1; f(0)", "failed")]
    [TestCase("/sms", "function(ctx) std.repeat('a', 300000)", "more than 262144 characters of output")]
    public async Task TextMessage_ThatIsNotTaken_FailsAndIsTriedAgain(string path, string? program, string reason)
    {
        await using var host = Sms(path, new() { ["Body"] = program is null ? null : Inline(program) });
        var message = await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        (await host.FindAsync(message)).Status.ShouldBe(CourierMessageStatus.Queued);
        var error = (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull();
        (error.Code, error.Reason).ShouldBe((500, null));
        error.Message.ShouldStartWith($"POST {_receiver.Url}{path} giving up after 1 attempt(s): ");
        error.Message.ShouldContain(reason);
    }

    /// <summary>A channel whose address leads into the own network, by mistake or malice, must not reach it where that is not allowed.</summary>
    [Test]
    public async Task Message_ToAPrivateAddress_DoesNotLeaveWhereThatIsNotAllowed()
    {
        await using var host = Sms("/sms", [], new() { ["Clients:Http:DisallowPrivateIpRanges"] = "true" });
        var message = await host.PostAsync("+491701234567", channel: MessageChannel.Sms);
        await host.DeliverAsync();
        (await host.DispatchesAsync(message)).ShouldHaveSingleItem().Error.ShouldNotBeNull().Message.ShouldContain("DisallowPrivateIpRanges");
        _receiver.Received.ShouldBeEmpty();
    }

    private static string Inline(string text) => "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private CourierHost Sms(string path, Dictionary<string, string?> request, Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(settings ?? []) { ["Courier:Channels:0:Id"] = "sms", ["Courier:Channels:0:Type"] = "http", ["Courier:Channels:0:RequestConfig:Url"] = _receiver.Url + path };
        foreach (var (key, value) in request.Where(r => r.Value is not null))
            all[$"Courier:Channels:0:RequestConfig:{key}"] = value;
        return new CourierHost(all);
    }
}
