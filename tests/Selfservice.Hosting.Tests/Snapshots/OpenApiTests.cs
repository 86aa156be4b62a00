using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>The host's own OpenAPI documents: they are well formed, they name what is mapped and nothing else, and every answer is as they say.</summary>
public sealed class OpenApiTests
{
    private const string Public = "/openapi/selfservice.json";
    private const string Admin = "/admin/openapi.json";

    [Test]
    public async Task Documents_NameExactlyTheOperationsThatAreMapped()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        var mapped = new List<string>();
        foreach (var pattern in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!))
        {
            if (pattern.Contains("**", StringComparison.Ordinal) || pattern.EndsWith(".json", StringComparison.Ordinal))
                continue;
            // Every path of the suite tells what it allows.
            var options = await client.SendAsync(HttpMethod.Options, pattern.Replace("{id}", $"{Guid.Empty}", StringComparison.Ordinal), null);
            mapped.AddRange(options.ContentHeaders!.Allow.Where(m => m != "HEAD").Select(m => $"{(m == "*" ? "GET" : m)} {pattern}"));
        }

        var described = (await ReadAsync(client, Public)).Operations.Concat((await ReadAsync(client, Admin)).Operations);

        described.Order(StringComparer.Ordinal).ShouldBe(mapped.Order(StringComparer.Ordinal));
        mapped.Count.ShouldBeGreaterThan(30);
    }

    [TestCase("public", Public, "")]
    [TestCase("admin", Admin, "/admin")]
    public async Task Words_AreAllUsed(string file, string path, string prefix)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        await using var stream = typeof(OpenApi.ApiDocuments).Assembly.GetManifestResourceStream(typeof(OpenApi.ApiDocuments), file + ".json");
        var words = (await JsonNode.ParseAsync(stream!))!["operations"]!.AsObject().Select(o => o.Key.Replace("{flow}", "login", StringComparison.Ordinal).Split(' '));

        var described = (await ReadAsync(client, path)).Operations;

        words.Select(w => $"{w[0].ToUpperInvariant()} {prefix}{w[1]}").Distinct().ShouldBeSubsetOf(described);
    }

    [TestCase(Public)]
    [TestCase(Admin)]
    public async Task Document_IsWellFormed(string path)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);

        var read = OpenApiDocument.Parse((await client.GetAsync(path)).Body, "json");

        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.Warnings.ShouldBeEmpty();
        var operations = read.Document!.Paths.SelectMany(p => p.Value.Operations!.Select(o => (Path: p.Key, o.Value.OperationId, o.Value.Parameters))).ToArray();
        operations.Select(o => o.OperationId).ShouldBeUnique();
        foreach (var operation in operations)
        {
            var inPath = (operation.Parameters ?? []).Where(p => p is { In: ParameterLocation.Path, Required: true }).Select(p => $"{{{p.Name}}}");
            inPath.ShouldBe(operation.Path.Split('/').Where(s => s.StartsWith('{')), operation.OperationId);
        }
    }

    [Test]
    public async Task PublicDocument_SaysNothingOfAdministration()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);

        var document = (await client.GetAsync(Public)).Body;

        document.ShouldNotContain("/admin");
        document.ShouldNotContain("metadata_admin");
    }

    [Test]
    public async Task AdminDocument_ThroughAProxy_IsNotThere()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        client.Headers["X-Forwarded-For"] = "203.0.113.1";

        (await client.GetAsync(Admin)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Answers_FitTheDocuments()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        var (forAll, forAdministrators) = (await ReadAsync(client, Public), await ReadAsync(client, Admin));
        var faults = new List<string>();
        var played = new HashSet<string>();
        foreach (var (scenario, agent) in Scenario.All.SelectMany(s => s.Agents.Select(a => (s, a))))
        {
            foreach (var answer in await Recordings.OfAsync(scenario, agent))
            {
                var document = answer.Request.Contains(" /admin/", StringComparison.Ordinal) ? forAdministrators : forAll;
                played.Add(document.Find(answer.Request) ?? "");
                if (Fault(document, answer) is { } fault)
                    faults.Add($"{scenario.Name} ({agent}) {answer.Request} {(int)answer.Status}:\n{fault}");
            }
        }

        faults.ShouldBeEmpty();
        forAll.Operations.Concat(forAdministrators.Operations).Where(o => !played.Contains((forAll.Find(o) ?? forAdministrators.Find(o))!)).ShouldBeEmpty("No scenario plays these.");
    }

    [TestCase("\"active\":true,", "", TestName = "Check_OfAnAnswerWithoutAMember_Finds")]
    [TestCase("\"active\":true,", "\"active\":1,", TestName = "Check_OfAnAnswerWithAMemberOfAnotherType_Finds")]
    [TestCase("\"active\":true,", "\"active\":true,\"secret\":1,", TestName = "Check_OfAnAnswerWithAForeignMember_Finds")]
    [TestCase("\"aal\":\"aal1\"", "\"aal\":\"aal9\"", TestName = "Check_OfAnAnswerWithAForeignValue_Finds")]
    public async Task Check_OfAnAnswerThatIsNotAsDescribed_Finds(string before, string after)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        var document = await ReadAsync(client, Public);
        await client.RegisterAsync(Stage.Email, Stage.Password);
        var answer = await client.WhoamiAsync();
        Fault(document, answer).ShouldBeNull();

        var changed = answer with { Body = answer.Body.Replace(before, after, StringComparison.Ordinal) };

        changed.Body.ShouldNotBe(answer.Body);
        Fault(document, changed).ShouldNotBeNull();
    }

    private static async Task<ApiDocument> ReadAsync(Client client, string path) => new(JsonNode.Parse((await client.GetAsync(path)).Body)!.AsObject(), isClosed: true);

    private static string? Fault(ApiDocument document, Answer answer)
    {
        var status = (int)answer.Status;
        if (document.Find(answer.Request.Replace("HEAD ", "GET ", StringComparison.Ordinal)) is not { } operation)
            return answer.Request.StartsWith("OPTIONS", StringComparison.Ordinal) || status is 403 or 404 or 405 ? null : "The document has no such operation.";
        // A fault of the host itself is the one thing that every operation may answer unnamed.
        if (status < 500 && !document.Names(operation, status))
            return "The document does not name this status.";
        var contents = document.Contents(operation, status)!;
        if (answer.Body.Length == 0)
            return contents.Count == 0 || answer.Request.StartsWith("HEAD", StringComparison.Ordinal) ? null : "The document promises a body.";
        var type = answer.ContentHeaders?.ContentType?.MediaType ?? "";
        if (!contents.TryGetValue(type, out var schema))
            return "The document has no such body.";
        // A page is for people; it has no members to check.
        return type == "text/html" ? null : document.Check(schema, answer);
    }
}
