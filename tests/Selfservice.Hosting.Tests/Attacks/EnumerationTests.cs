using System.Net;
using System.Text.RegularExpressions;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed partial class EnumerationTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    // The attacker tries identifiers with any password and compares the answers.
    // A difference in status or text would tell who has an account.
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Native)]
    [Property("Checklist", "6.3.8")]
    public async Task Login_OfAnUnknownIdentifier_AnswersLikeAWrongPassword(Agent agent)
    {
        await using var host = await TestHost.StartAsync();
        using (var owner = host.NewClient(Agent.Native))
            await owner.RegisterAsync(Email, Password);
        using var client = host.NewClient(agent);

        var known = await client.LogInAsync(Email, "wrong-" + Password);
        var unknown = await client.LogInAsync("bob@example.org", "wrong-" + Password);

        unknown.Status.ShouldBe(known.Status);
        known.Status.ShouldBe(HttpStatusCode.BadRequest);
        Scrub(unknown.Body).Replace("bob@", "ada@", StringComparison.Ordinal).ShouldBe(Scrub(known.Body));
    }

    // Many requests register the same address at the same moment, past a check that reads before it writes.
    // A second account of the identifier would let its owner take over what is meant for the first.
    [Test]
    [Property("Checklist", "2.3.4")]
    public async Task Registration_OfOneIdentifierInParallel_HasExactlyOneWinner()
    {
        await using var host = await TestHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            using var client = host.NewClient(i % 2 == 0 ? Agent.Native : Agent.Ajax);
            return await client.RegisterAsync(i % 3 == 0 ? "Ada@Example.org" : Email, Password);
        }));

        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.BadRequest).ShouldBe(11);
        using var admin = host.NewClient(Agent.Native);
        (await admin.GetAsync("/admin/identities")).Json.GetArrayLength().ShouldBe(1);
    }

    private static string Scrub(string body) => Token.Replace(Id.Replace(body, "ID"), "\"TOKEN\"");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Id { get; }

    // A CSRF token is masked anew for every form.
    [GeneratedRegex("\"[A-Za-z0-9+/_-]{80,}={0,2}\"|\"[^\"]{60,}==\"")]
    private static partial Regex Token { get; }
}
