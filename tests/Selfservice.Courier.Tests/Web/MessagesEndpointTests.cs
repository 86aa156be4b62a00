using System.Text.Json;
using System.Text.RegularExpressions;
using Selfservice.Courier.Tests.Delivery;

namespace Selfservice.Courier.Tests.Web;

public sealed partial class MessagesEndpointTests
{
    private WebCourier _host = null!;

    [SetUp]
    public async Task SetUp() => _host = await WebCourier.StartAsync();

    [TearDown]
    public async Task TearDown() => await _host.DisposeAsync();

    [Test]
    public async Task List_LeadsThroughAllMessagesNewestFirst()
    {
        var posted = new List<CourierMessage>();
        for (var i = 0; i < 5; i++)
            posted.Add(await _host.PostAsync($"a+{i % 2}@example.org", CourierTemplate.VerificationCodeValid));
        var seen = new List<string?>();
        var (_, page, link) = await _host.GetAsync("/admin/courier/messages?page_size=2");
        link.ShouldMatch(@"^</admin/courier/messages\?page_size=2&page_token=[\w-]+>; rel=""first"",</admin/courier/messages\?page_size=2&page_token=[\w-]+>; rel=""next""$");
        seen.AddRange(Ids(page));
        while (NextPattern.Match(link) is { Success: true } next)
        {
            (_, page, link) = await _host.GetAsync(next.Groups[1].Value);
            seen.AddRange(Ids(page));
        }

        seen.ShouldBe(posted.AsEnumerable().Reverse().Select(m => m.Id.ToString()));
    }

    [Test]
    public async Task List_KeepsItsFiltersInItsLinks()
    {
        for (var i = 0; i < 3; i++)
            await _host.PostAsync("a+b@example.org", CourierTemplate.VerificationCodeValid);
        await _host.PostAsync("other@example.org", CourierTemplate.VerificationCodeValid);
        var (_, page, link) = await _host.GetAsync("/admin/courier/messages?recipient=a%2Bb@example.org&status=queued&page_size=2");
        Ids(page).Count().ShouldBe(2);
        link.ShouldContain("&recipient=a%2Bb%40example.org&status=queued>");
        (_, page, link) = await _host.GetAsync(NextPattern.Match(link).Groups[1].Value);
        Ids(page).Count().ShouldBe(1);
        link.ShouldNotContain("next");
        Ids((await _host.GetAsync("/admin/courier/messages?status=abandoned")).Body).ShouldBeEmpty();
    }

    [Test]
    public async Task Message_ShowsItsAttempts()
    {
        _host.Channel.Answer = (_, _) => Task.FromResult(TestChannel.Failure);
        var message = await _host.PostAsync("ada@example.org", CourierTemplate.VerificationCodeValid);
        await _host.DeliverAsync();
        _host.Channel.Answer = (_, _) => Task.FromResult<SendResult>(new SendResult.Sent());
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        await _host.DeliverAsync();
        var (status, body, _) = await _host.GetAsync($"/admin/courier/messages/{message.Id}");
        status.ShouldBe(200);
        body.EnumerateObject().Select(m => m.Name).ShouldBe(
            ["id", "status", "type", "recipient", "body", "subject", "template_type", "channel", "send_count", "dispatches", "created_at", "updated_at"]);
        body.GetProperty("send_count").GetInt32().ShouldBe(2);
        body.GetProperty("body").GetString().ShouldBe(message.Body);
        var attempts = body.GetProperty("dispatches").EnumerateArray().ToList();
        attempts.Select(a => a.GetProperty("status").GetString()).ShouldBe(["success", "failed"]);
        attempts[0].GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        attempts[1].GetProperty("error").GetRawText().ShouldBe("""{"code":500,"status":"Internal Server Error","message":"busy"}""");
    }

    [TestCase("?status=bogus", 400)]
    [TestCase("?status=", 400)]
    [TestCase("?page_size=abc", 400)]
    [TestCase("?page_size=-1", 400)]
    [TestCase("?page_size=0", 200)]
    [TestCase("?page_size=9999", 200)]
    [TestCase("?page_token=bogus", 400)]
    [TestCase("?page_token=OTk5OTk5OTk5OTk5OTk5OTk5Ljc", 400)]
    [TestCase("/abc", 400)]
    [TestCase("/00000000-0000-4000-8000-000000000000", 404)]
    public async Task Request_IsAnsweredWith(string path, int status) => (await _host.GetAsync("/admin/courier/messages" + path)).Status.ShouldBe(status);

    /// <summary>Who may look at messages could otherwise enter every account: the code is in the text and in the subject.</summary>
    [Test]
    public async Task Message_OutsideDevelopment_ShowsNoContent()
    {
        await using var host = await WebCourier.StartAsync("Production");
        var message = await host.PostAsync("ada@example.org", CourierTemplate.VerificationCodeValid);
        foreach (var path in new[] { "/admin/courier/messages", $"/admin/courier/messages/{message.Id}" })
        {
            var (status, body, _) = await host.GetAsync(path);
            status.ShouldBe(200);
            body.GetRawText().ShouldNotContain("048151");
            (body.ValueKind == JsonValueKind.Array ? body[0] : body).GetProperty("subject").GetString().ShouldBe("<redacted-unless-dev-mode>");
        }
    }

    private static IEnumerable<string?> Ids(JsonElement page) => page.EnumerateArray().Select(m => m.GetProperty("id").GetString());

    [GeneratedRegex("""<([^>]+)>; rel="next""")]
    private static partial Regex NextPattern { get; }
}
