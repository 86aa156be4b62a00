using static Selfservice.Hosting.Tests.Snapshots.Stage;

namespace Selfservice.Hosting.Tests.Snapshots;

internal static class AdminScenarios
{
    private const string Ada = $$$"""
        "schema_id": "default", "traits": { "email": "{{{Email}}}" }, "credentials": { "password": { "config": { "password": "{{{Password}}}" } } }
        """;

    public static IEnumerable<Scenario> All =>
        from scenario in Every
        select scenario with { Agents = [Agent.Native] };

    private static IEnumerable<Scenario> Every =>
    [
        new("admin/identities", OfSomebody((s, _) => s.ShowAsync("/admin/identities"))),
        new("admin/identity", OfSomebody((s, id) => s.ShowAsync($"/admin/identities/{id}?include_credential=password"))),
        new("admin/identity-unknown", s => s.ShowAsync("/admin/identities/" + Guid.Empty)),
        new("admin/identity-created", s => s.ShowAsync(
            HttpMethod.Post,
            "/admin/identities",
            $$"""{ {{Ada}}, "metadata_public": { "a": 1 }, "metadata_admin": { "b": 2 } }""")),
        new("admin/identity-invalid", s => s.ShowAsync(HttpMethod.Post, "/admin/identities", """{"schema_id":"default","traits":{"email":"nobody"}}""")),
        new("admin/identity-duplicate", OfSomebody((s, _) => s.ShowAsync(HttpMethod.Post, "/admin/identities", $$"""{ {{Ada}} }"""))),
        new("admin/identity-replaced", OfSomebody((s, id) => s.ShowAsync(
            HttpMethod.Put, "/admin/identities/" + id, """{"schema_id":"default","state":"inactive","traits":{"email":"grace@example.org"}}"""))),
        new("admin/identity-patched", OfSomebody((s, id) => s.ShowAsync(HttpMethod.Patch, "/admin/identities/" + id, """[{"op":"replace","path":"/state","value":"inactive"}]"""))),
        new("admin/identity-deleted", OfSomebody((s, id) => s.ShowAsync(HttpMethod.Delete, "/admin/identities/" + id))),
        new("admin/credential-unknown", OfSomebody((s, id) => s.ShowAsync(HttpMethod.Delete, $"/admin/identities/{id}/credentials/oidc?identifier=local:somebody"))),
        new("admin/sessions-of-identity", OfSomebody((s, id) => s.ShowAsync($"/admin/identities/{id}/sessions"))),
        new("admin/sessions-of-identity-ended", OfSomebody((s, id) => s.ShowAsync(HttpMethod.Delete, $"/admin/identities/{id}/sessions"))),
        new("admin/session", OfSession((s, id) => s.ShowAsync($"/admin/sessions/{id}?expand=identity&expand=devices"))),
        new("admin/session-unknown", s => s.ShowAsync("/admin/sessions/" + Guid.Empty)),
        new("admin/session-extended", OfSession((s, id) => s.ShowAsync(HttpMethod.Patch, $"/admin/sessions/{id}/extend"))),
        new("admin/health-alive", s => s.ShowAsync("/admin/health/alive")),
        new("admin/health-ready", s => s.ShowAsync("/admin/health/ready")),
        new("admin/version", s => s.ShowAsync("/admin/version")),
        new("admin/session-ended", OfSession((s, id) => s.ShowAsync(HttpMethod.Delete, $"/admin/sessions/{id}"))),
    ];

    private static Func<Stage, Task> OfSomebody(Func<Stage, string, Task> play) => async stage =>
    {
        await stage.RegisterSomebodyAsync();
        await play(stage, (await stage.Client.GetAsync("/admin/identities")).Json[0].GetProperty("id").GetString()!);
    };

    private static Func<Stage, Task> OfSession(Func<Stage, string, Task> play) => OfSomebody(async (stage, identity) =>
        await play(stage, (await stage.Client.GetAsync($"/admin/identities/{identity}/sessions")).Json[0].GetProperty("id").GetString()!));
}
