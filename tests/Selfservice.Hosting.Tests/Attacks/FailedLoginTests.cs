using System.Net;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class FailedLoginTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";
    private const string TooMany = "Too many sign-ins have failed. Please try again later, or sign in another way.";
    private static readonly (string, string?)[] Three = [("Methods:Password:Config:FailedLogins:PerClient", "3"), ("Methods:Password:Config:FailedLogins:Window", "15m")];

    // The attacker tries one password after the other for a known address.
    // Without a limit a weak password is found in time, however slow its hash is.
    [TestCase(Email)]
    [TestCase("nobody@example.org")]
    [Property("Checklist", "6.3.1")]
    [Property("Checklist", "N11")]
    public async Task Guesses_BeyondTheLimit_AreAnsweredAlikeForKnownAndUnknown(string identifier)
    {
        await using var host = await StartAsync(Three);
        using var client = host.NewClient(Agent.Native);
        for (var i = 0; i < 3; i++)
            Message(await client.LogInAsync(identifier, "wrong-" + Password)).ShouldStartWith("The provided credentials are invalid");

        // Another spelling is the same identifier.
        var limited = await client.LogInAsync(identifier.ToUpperInvariant(), Password);

        limited.Status.ShouldBe(HttpStatusCode.BadRequest);
        Message(limited).ShouldBe(TooMany);
    }

    // The attacker sends all guesses at the same moment, before the first is counted.
    // A limit that is read first and written later would let all of them through.
    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Guesses_SentAtTheSameTime_AreWithinTheLimit()
    {
        await using var host = await StartAsync(Three);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
        {
            using var client = host.NewClient(Agent.Native);
            return await client.LogInAsync(Email, $"wrong-{n}-{Password}");
        }));

        // On a busy machine some are told to come back later; that says nothing about the password either.
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.BadRequest || answer.Status == HttpStatusCode.ServiceUnavailable);
        answers.Count(answer => answer.Status == HttpStatusCode.BadRequest && Message(answer) != TooMany).ShouldBeInRange(1, 3);
    }

    // The attacker fails on purpose, to keep the owner out.
    // A lock that only an administrator opens would be a weapon; ours opens by itself.
    [Test]
    [Property("Checklist", "6.1.1")]
    public async Task Owner_AfterTheWindow_IsLetIn()
    {
        await using var host = await StartAsync(Three);
        using var client = host.NewClient(Agent.Native);
        for (var i = 0; i < 5; i++)
            await client.LogInAsync(Email, "wrong-" + Password);
        Message(await client.LogInAsync(Email, Password)).ShouldBe(TooMany);

        host.Clock.Advance(TimeSpan.FromMinutes(15));

        (await client.LogInAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    public async Task RightPassword_BeforeTheLimit_LetsTheCountBeginAnew()
    {
        await using var host = await StartAsync(Three);
        for (var round = 0; round < 3; round++)
        {
            using var client = host.NewClient(Agent.Native);
            await client.LogInAsync(Email, "wrong-" + Password);
            await client.LogInAsync(Email, "wrong-" + Password);
            (await client.LogInAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task RightPasswords_SentAtTheSameTime_AreNoFailures()
    {
        await using var host = await StartAsync(Three);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var client = host.NewClient(Agent.Native);
            return (await client.LogInAsync(Email, Password)).Status;
        }));

        answers.ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Test]
    public async Task LimitOfTheIdentifier_CountsAllClients()
    {
        await using var host = await StartAsync([("Methods:Password:Config:FailedLogins:PerClient", "0"), ("Methods:Password:Config:FailedLogins:PerIdentifier", "2")]);
        using var client = host.NewClient(Agent.Ajax);
        await client.LogInAsync(Email, "wrong-" + Password);
        await client.LogInAsync(Email, "wrong-" + Password);

        Message(await client.LogInAsync(Email, Password)).ShouldBe(TooMany);
        Message(await client.LogInAsync("other@example.org", Password)).ShouldStartWith("The provided credentials are invalid");
    }

    private static async Task<TestHost> StartAsync((string, string?)[] settings)
    {
        var host = await TestHost.StartAsync("Development", settings);
        using var owner = host.NewClient(Agent.Native);
        await owner.RegisterAsync(Email, Password);
        return host;
    }

    private static string Message(Answer answer) => answer.Json.GetProperty("ui").GetProperty("messages")[0].GetProperty("text").GetString()!;
}
