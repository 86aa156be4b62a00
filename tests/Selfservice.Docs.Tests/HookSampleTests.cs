using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;
using Selfservice.Hooks;
using Selfservice.Login;
using Selfservice.Testing.Hosts;

namespace Selfservice.Docs.Tests;

/// <summary>The hooks on the page about extending do what the page says.</summary>
public sealed class HookSampleTests
{
    [TestCase("anna@example.org", HttpStatusCode.OK)]
    [TestCase("anna@elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task CompanyAddressesOnly_StopsOthers(string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync(new());
        (await RegisterAsync(host, address)).ShouldBe(expected);
    }

    [Test]
    public async Task AuditHook_NamedInConfiguration_WritesALine()
    {
        await using var host = await StartAsync(new());
        await RegisterAsync(host, "anna@example.org");
        host.Logs.Lines.ShouldNotContain(line => line.Contains("signed in", StringComparison.Ordinal));
        var status = await SubmitAsync(host, "login", new { method = "password", identifier = "anna@example.org", password = "a long sentence of mine" });
        status.ShouldBe(HttpStatusCode.OK);
        host.Logs.Lines.ShouldContain(line => line.Contains("signed in", StringComparison.Ordinal));
    }

    [Test]
    public async Task MemberHook_GetsAScopeOfItsOwnForEachRegistration()
    {
        var list = new MemberList();
        await using var host = await StartAsync(list);
        await RegisterAsync(host, "anna@example.org");
        await RegisterAsync(host, "berta@example.org");
        list.Scopes.Select(s => s.Count).ShouldBe([1, 1]);
    }

    /// <summary>What the page warns of: the container refuses it before the host serves anybody.</summary>
    [Test]
    public async Task HookWithAScopedService_InDevelopment_StopsTheHost()
    {
        var fault = await Should.ThrowAsync<AggregateException>(() => SelfserviceTestHost.StartAsync(selfservice =>
        {
            selfservice.Services.AddSingleton<MemberList>().AddScoped<Members>();
            selfservice.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false).AddHook<HookWithAScopedService>();
        }));
        fault.Message.ShouldContain("Cannot consume scoped service");
    }

    private static Task<HttpStatusCode> RegisterAsync(SelfserviceTestHost host, string address) =>
        SubmitAsync(host, "registration", new { method = "password", password = "a long sentence of mine", traits = new { email = address } });

    private static async Task<HttpStatusCode> SubmitAsync(SelfserviceTestHost host, string kind, object fields)
    {
        var flow = await host.Client.GetFromJsonAsync<Dictionary<string, object>>(new Uri($"/self-service/{kind}/api", UriKind.Relative));
        using var answer = await host.Client.PostAsJsonAsync(new Uri($"/self-service/{kind}?flow={flow!["id"]}", UriKind.Relative), fields);
        return answer.StatusCode;
    }

    private static Task<SelfserviceTestHost> StartAsync(MemberList members) => SelfserviceTestHost.StartAsync(
        selfservice =>
        {
            selfservice.Services.AddSingleton(members).AddScoped<Members>();
            selfservice.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false).AddHook<CompanyAddressesOnly>().AddHook<MemberHook>().AddConfiguredHook<AuditHook>();
        },
        options =>
        {
            options.Flows.Registration.Style = RegistrationStyle.Unified;
            options.Flows.Login.After.Hooks = [new() { Hook = "audit" }];
        });

    private sealed class HookWithAScopedService(Members members) : IFlowHook<LoginDraft>
    {
        public ValueTask AfterCommitAsync(LoginDraft draft, CancellationToken cancellationToken) => members.AddAsync(draft.Authentication.Identity.Id, cancellationToken);
    }
}
