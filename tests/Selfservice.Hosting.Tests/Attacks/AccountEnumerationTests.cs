using System.Net;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Whether an address has an account must not show: not in the answer, and not in the work, which is compared by the store's calls and the mails rather than by time.</summary>
public sealed class AccountEnumerationTests
{
    private const string Nobody = "nobody@example.org";
    private const string Mail = "ICourierStore.InsertAsync";

    // The attacker asks for mails to addresses and compares the answers, and how long they take.
    // The only thing that may differ is the mail itself.
    [TestCase("recovery", "code", Agent.Native)]
    [TestCase("recovery", "code", Agent.Html)]
    [TestCase("recovery", "link", Agent.Ajax)]
    [TestCase("verification", "code", Agent.Native)]
    [TestCase("verification", "code", Agent.Ajax)]
    [TestCase("verification", "link", Agent.Html)]
    [Property("Checklist", "6.3.8")]
    public async Task Address_WithAnAccount_IsAnsweredLikeOneWithout(string kind, string method, Agent agent)
    {
        var calls = new StoreCalls();
        await using var host = await StartAsync(calls.Watch, [.. method == "link" ? Links : [], .. Verifying]);
        await host.EnrollAsync(Email);
        using var attacker = host.NewClient(agent);

        var known = await AskAsync(Email);
        var unknown = await AskAsync(Nobody);

        unknown.Answers.ShouldBe(known.Answers);
        known.Calls.Count(c => c == Mail).ShouldBe(1, "A mail must be sent, so that the test proves something.");
        unknown.Calls.ShouldBe(known.Calls.Where(c => c != Mail));

        async Task<(string[] Answers, IReadOnlyList<string> Calls)> AskAsync(string email)
        {
            var flow = await attacker.BeginAsync(kind);
            calls.Take();
            var given = await attacker.GiveAsync(kind, flow, email, method);
            var work = calls.Take();
            var answers = new List<Answer> { given, await attacker.GetAsync($"/self-service/{kind}/flows?id={flow.Id}") };
            if (method == "code")
                answers.Add(await attacker.RedeemAsync(kind, flow, WrongCode));
            return ([.. answers.Select(a => Scrub(a, email))], work);
        }
    }

    // Accounts that are switched off, and used-up budgets, must not show either.
    [Test]
    [Property("Checklist", "6.3.8")]
    public async Task Address_OfASwitchedOffAccount_IsAnsweredLikeOneWithout_AndGetsNoMail()
    {
        await using var host = await StartAsync();
        await host.EnrollAsync(Email);
        using var admin = host.NewClient(Agent.Native);
        var id = (await host.IdentityAsync(Email)).Id;
        (await admin.SendAsync(HttpMethod.Patch, $"/admin/identities/{id}", new StringContent("""[{"op":"replace","path":"/state","value":"inactive"}]""", System.Text.Encoding.UTF8, "application/json")))
            .Status.ShouldBe(HttpStatusCode.OK);
        using var attacker = host.NewClient(Agent.Native);
        var (known, unknown) = (await attacker.BeginAsync("recovery"), await attacker.BeginAsync("recovery"));

        Scrub(await attacker.GiveAsync("recovery", known, Email), Email).ShouldBe(Scrub(await attacker.GiveAsync("recovery", unknown, Nobody), Nobody));
        (await host.CountMailsAsync(Email)).ShouldBe(0);
    }

    // Somebody who is signed in changes their address to one after another and looks which are taken.
    // Where enumeration is mitigated a taken one answers like a free one: the proof that is asked for never comes.
    [TestCase(Agent.Native)]
    [TestCase(Agent.Ajax)]
    [TestCase(Agent.Html)]
    [Property("Checklist", "6.3.8")]
    public async Task Settings_WithATakenAddress_AnswerLikeAFreeOne(Agent agent)
    {
        var calls = new StoreCalls();
        await using var host = await StartAsync(calls.Watch, [("Security:AccountEnumeration:Mitigate", "true"), .. Verifying]);
        await host.EnrollAsync(Email);
        using var attacker = await host.SignUpAsync(agent, Mallory);
        var mails = await host.CountMailsAsync(Email);

        var free = await ChangeAsync("free@example.org");
        var taken = await ChangeAsync(Email);

        taken.Answer.ShouldBe(free.Answer);
        taken.Calls.ShouldBe(free.Calls.Where(c => c != Mail));
        (await host.CountMailsAsync(Email)).ShouldBe(mails);
        (await host.CountMailsAsync("free@example.org")).ShouldBe(1);

        async Task<(string Answer, IReadOnlyList<string> Calls)> ChangeAsync(string email)
        {
            var flow = await attacker.BeginAsync("settings");
            calls.Take();
            var answer = await attacker.SendFormAsync("settings", flow, ("method", "profile"), ("traits.email", email));
            return (Scrub(answer, email), calls.Take());
        }
    }

    // An account without an address takes its first one at once, so the attacker tries with such an account.
    // Where enumeration is mitigated the first address has to be proven, too.
    [Test]
    [Property("Checklist", "6.3.8")]
    public async Task Settings_WithATakenAddressForAnAccountWithoutOne_AnswerLikeAFreeOne()
    {
        await using var host = await StartAsync([("Security:AccountEnumeration:Mitigate", "true"), .. Verifying, .. SettingsAttackTests.OptionalAddress]);
        using var attacker = host.NewClient(Agent.Native);
        var registration = await attacker.BeginAsync("registration");
        var registered = await attacker.SubmitAsync("registration", registration, ("method", "password"), ("password", Password), ("traits.name", "mallory"));
        registered.Status.ShouldBe(HttpStatusCode.OK, registered.Body);
        attacker.SessionToken = registered.Json.GetProperty("session_token").GetString();
        using (var owner = host.NewClient(Agent.Native))
        {
            var theirs = await owner.BeginAsync("registration");
            (await owner.SubmitAsync("registration", theirs, ("method", "password"), ("password", Password), ("traits.name", "ada"), ("traits.email", Email))).Status.ShouldBe(HttpStatusCode.OK);
        }

        Scrub(await ChangeAsync(Email), Email).ShouldBe(Scrub(await ChangeAsync("free@example.org"), "free@example.org"));

        async Task<Answer> ChangeAsync(string email) =>
            await attacker.SubmitAsync("settings", await attacker.BeginAsync("settings"), ("method", "profile"), ("traits.name", "mallory"), ("traits.email", email));
    }
}
