using System.Net;

namespace Selfservice.Hosting.Tests.Flows;

public sealed class AdministrationTests
{
    [Test]
    public async Task CreatedIdentity_IsWhereTheLocationLeads()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);

        var created = await client.PostAsync("/admin/identities", """{"schema_id":"default","traits":{"email":"ada@example.org"}}""", "application/json");

        created.Status.ShouldBe(HttpStatusCode.Created, created.Body);
        (await client.GetAsync(created.Location)).Json.GetProperty("id").GetString().ShouldBe(created.Json.GetProperty("id").GetString());
    }

    [Test]
    public async Task Version_IsToldToAdministratorsOnly()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);

        (await client.GetAsync("/admin/version")).Json.GetProperty("version").GetString().ShouldBe(typeof(Selfservice.Composition.SelfserviceBuilder).Assembly.GetName().Version!.ToString(3));
        (await client.GetAsync("/version")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
