using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Configuration;
using Selfservice.Testing.Hosts;

namespace Selfservice.Docs.Tests;

/// <summary>The hooks on the page about extending do what the page says.</summary>
public sealed class HookSampleTests
{
    [TestCase("anna@example.org", HttpStatusCode.OK)]
    [TestCase("anna@elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task CompanyAddressesOnly_StopsOthers(string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        (await RegisterAsync(host, address)).ShouldBe(expected);
    }

    [Test]
    public async Task AuditHook_NamedInConfiguration_WritesALine()
    {
        await using var host = await StartAsync();
        await RegisterAsync(host, "anna@example.org");
        host.Logs.Lines.ShouldNotContain(line => line.Contains("signed in", StringComparison.Ordinal));
        var status = await SubmitAsync(host, "login", new { method = "password", identifier = "anna@example.org", password = "a long sentence of mine" });
        status.ShouldBe(HttpStatusCode.OK);
        host.Logs.Lines.ShouldContain(line => line.Contains("signed in", StringComparison.Ordinal));
    }

    private static Task<HttpStatusCode> RegisterAsync(SelfserviceTestHost host, string address) =>
        SubmitAsync(host, "registration", new { method = "password", password = "a long sentence of mine", traits = new { email = address } });

    private static async Task<HttpStatusCode> SubmitAsync(SelfserviceTestHost host, string kind, object fields)
    {
        var flow = await host.Client.GetFromJsonAsync<Dictionary<string, object>>(new Uri($"/self-service/{kind}/api", UriKind.Relative));
        using var answer = await host.Client.PostAsJsonAsync(new Uri($"/self-service/{kind}?flow={flow!["id"]}", UriKind.Relative), fields);
        return answer.StatusCode;
    }

    private static Task<SelfserviceTestHost> StartAsync() => SelfserviceTestHost.StartAsync(
        selfservice => selfservice.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false).AddHook<CompanyAddressesOnly>().AddConfiguredHook<AuditHook>(),
        options =>
        {
            options.Flows.Registration.Style = RegistrationStyle.Unified;
            options.Flows.Login.After.Hooks = [new() { Hook = "audit" }];
        });
}
