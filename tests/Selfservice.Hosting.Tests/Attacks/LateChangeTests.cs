using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Hooks;
using Selfservice.Login;
using Selfservice.Recovery;
using Selfservice.Settings;
using static Selfservice.Hosting.Tests.Attacks.AccountPlay;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>
/// A submission is looked at, then it is hashed and hooks are asked, and only then it is stored. Whoever knows an old password keeps one such submission in flight, until the owner changes it: what
/// was ended meanwhile must not come in after all.
/// </summary>
public sealed class LateChangeTests
{
    [Test]
    [Property("Checklist", "7.4.3")]
    public async Task Login_WithAPasswordThatIsReplacedMeanwhile_BeginsNoSession()
    {
        var meanwhile = new Meanwhile();
        await using var host = await StartAsync(meanwhile.Add);
        using var owner = await host.SignUpAsync(Agent.Native, Email);
        using var thief = host.NewClient(Agent.Native);
        meanwhile.Act = async () =>
        {
            var flow = await owner.BeginAsync("settings");
            (await owner.SendFormAsync("settings", flow, ("method", "password"), ("password", NewPassword))).Status.ShouldBe(HttpStatusCode.OK);
        };

        var answer = await thief.LogInAsync(Email, Password);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Body);
        answer.Body.ShouldContain("4000006");
        (await host.CountSessionsAsync(Email)).ShouldBe(1);
    }

    [Test]
    [Property("Checklist", "7.4.2")]
    public async Task Login_ToAnAccountThatIsSwitchedOffMeanwhile_BeginsNoSession()
    {
        var meanwhile = new Meanwhile();
        await using var host = await StartAsync(meanwhile.Add);
        await host.EnrollAsync(Email);
        using var thief = host.NewClient(Agent.Native);
        meanwhile.Act = () => host.ChangeAsync(Email, identity => identity with { State = Identities.IdentityState.Inactive });

        (await thief.LogInAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await host.CountSessionsAsync(Email)).ShouldBe(1);
    }

    [Test]
    [Property("Checklist", "7.4.3")]
    public async Task Change_OfASessionThatIsEndedMeanwhile_IsNotMade()
    {
        var meanwhile = new Meanwhile();
        await using var host = await StartAsync(meanwhile.Add);
        using var owner = await host.SignUpAsync(Agent.Native, Email);
        using var thief = host.NewClient(Agent.Native);
        await thief.LogInAsync(Email, Password);
        var flow = await thief.BeginAsync("settings");
        meanwhile.Act = async () => (await owner.SendAsync(HttpMethod.Delete, "/sessions", null)).Status.ShouldBe(HttpStatusCode.OK);

        var answer = await thief.SendFormAsync("settings", flow, ("method", "password"), ("password", NewPassword));

        answer.Status.ShouldBe(HttpStatusCode.Unauthorized, answer.Body);
        (await owner.WhoamiAsync()).Status.ShouldBe(HttpStatusCode.OK);
        using var again = host.NewClient(Agent.Native);
        (await again.LogInAsync(Email, Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Test]
    [Property("Checklist", "6.4.3")]
    public async Task Recovery_ThroughAnAddressThatIsTakenOffMeanwhile_OpensNothing()
    {
        var meanwhile = new Meanwhile();
        await using var host = await StartAsync(meanwhile.Add);
        await host.EnrollAsync(Email);
        using var thief = host.NewClient(Agent.Native);
        var flow = await thief.AskAsync("recovery", Email);
        meanwhile.Act = () => host.ChangeAsync(Email, identity => identity with { RecoveryAddresses = [], VerifiableAddresses = [] });

        LetsIn(await thief.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email))).ShouldBeFalse();

        (await host.CountSessionsAsync(Email)).ShouldBe(1);
    }

    // A hook that lets no new recovery begin meets one that has to begin anew.
    [Test]
    public async Task Recovery_ThatMayNotBeginAnew_IsRefusedByTheHook()
    {
        await using var host = await StartAsync(builder => builder.AddHook<OneRecovery>());
        await host.EnrollAsync(Email);
        using var client = host.NewClient(Agent.Ajax);
        var flow = await client.AskAsync("recovery", Email);
        await client.RedeemAsync("recovery", flow, await host.Mails().LastCodeForAsync(Email));

        var refused = await client.RedeemAsync("recovery", flow, WrongCode);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Body);
        refused.Body.ShouldContain("not now");
    }

    private sealed class OneRecovery : IFlowHook<FlowStart>
    {
        private int _begun;

        public ValueTask<HookVerdict> BeforeCommitAsync(FlowStart draft, CancellationToken cancellationToken) =>
            ValueTask.FromResult(draft.Flow.Kind == Selfservice.Flows.FlowKind.Recovery && Interlocked.Increment(ref _begun) > 1 ? new HookVerdict.Refuse(Selfservice.Errors.ErrorObject.BadRequest("not now")) : HookVerdict.Continue);
    }

    /// <summary>What happens, once, between looking and storing.</summary>
    private sealed class Meanwhile
    {
        public Func<Task>? Act { get; set; }

        public void Add(SelfserviceBuilder builder)
        {
            builder.Services.AddSingleton(this);
            builder.AddHook<Hook>();
        }

        private sealed class Hook(Meanwhile meanwhile) : IFlowHook<LoginDraft>, IFlowHook<SettingsDraft>, IFlowHook<RecoveryDraft>
        {
            public ValueTask<HookVerdict> BeforeCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => RunAsync();

            public ValueTask<HookVerdict> BeforeCommitAsync(SettingsDraft draft, CancellationToken cancellationToken) => RunAsync();

            public ValueTask<HookVerdict> BeforeCommitAsync(RecoveryDraft draft, CancellationToken cancellationToken) => RunAsync();

            private async ValueTask<HookVerdict> RunAsync()
            {
                var act = meanwhile.Act;
                meanwhile.Act = null;
                if (act is not null)
                    await act();
                return HookVerdict.Continue;
            }
        }
    }
}
