using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>Every JSON body of the scenarios against the description that the contract's origin publishes.</summary>
public sealed partial class ContractDocumentTests
{
    private const string Errors = "#/components/schemas/errorGeneric";

    [Test]
    public async Task Answers_FitTheContract()
    {
        var folder = Environment.GetEnvironmentVariable("SELFSERVICE_CONTRACT");
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("SELFSERVICE_CONTRACT does not name the folder with data/kratos-openapi.json, so the answers are not compared with it.");
        var root = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "data", "kratos-openapi.json")))!.AsObject();
        SetArtefactsRight(root["components"]!["schemas"]!.AsObject());
        var document = new ApiDocument(root, isClosed: false);
        var faults = new List<string>();
        var count = 0;
        foreach (var (scenario, agent) in Scenario.All.SelectMany(s => s.Agents.Select(a => (s, a))))
        {
            foreach (var answer in (await Recordings.OfAsync(scenario, agent)).Where(Recordings.IsJson))
            {
                count++;
                if (Fault(document, answer) is { } fault)
                    faults.Add($"{scenario.Name} ({agent}) {answer.Request} {(int)answer.Status}:\n{fault}");
            }
        }

        await TestContext.Out.WriteLineAsync($"{count} bodies compared, {faults.Count} differ");
        faults.ShouldBeEmpty();
    }

    /// <summary>Where the origin itself answers what its file rules out, as its recorded answers show. Nothing else is excepted.</summary>
    private static void SetArtefactsRight(JsonObject schemas)
    {
        // An error's details have members, the file forbids all.
        Properties(schemas, "genericError")["details"]!.AsObject().Remove("additionalProperties");

        // Null stands for nothing to do, nothing to show, nothing sent; the file leaves out that it may.
        Properties(schemas, "successfulNativeLogin")["continue_with"]!["nullable"] = true;
        Properties(schemas, "successfulNativeRegistration")["continue_with"]!["nullable"] = true;
        schemas["uiNodes"]!["nullable"] = true;
        Properties(schemas, "sessionDevice")["user_agent"]!["nullable"] = true;

        // An attempt that succeeded has no error.
        schemas["JSONRawMessage"]!["nullable"] = true;

        // The step that asks for the identifier is a method too, which the file's list has not.
        Properties(schemas, "loginFlow")["active"]!["enum"]!.AsArray().Add("identifier_first");
    }

    private static JsonObject Properties(JsonObject schemas, string name) => schemas[name]!["properties"]!.AsObject();

    private static string? Fault(ApiDocument document, Answer answer)
    {
        // The file leaves out the address that older versions show a flow at, and that a browser may come back to a flow by GET; both answer as their siblings.
        var request = Return.Replace(answer.Request, "POST $1").Replace("/browser/flows", "/flows", StringComparison.Ordinal);
        // The file names what administrators ask of the service by its address without the prefix, which its origin answers at as well.
        request = Service.Replace(request, "GET $1");
        // Where browsers come back from providers is no operation of the file; it answers like the submission that it ends.
        if (request.StartsWith("GET /self-service/methods/", StringComparison.Ordinal))
        {
            var found = new[] { "login", "registration", "settings" }.Select(kind => Fault(document, answer with { Request = $"POST /self-service/{kind}?flow=" })).ToArray();
            return found.Contains(null) ? null : string.Join('\n', found);
        }

        if (document.Find(request) is not { } operation)
            return (int)answer.Status < 400 ? "The contract has no such operation." : document.Check(Errors, answer);
        if (document.Contents(operation, (int)answer.Status) is not { Count: > 0 } contents)
            return "The contract has no body for this status.";
        // A submission that is refused without showing its form answers 400 with an error, where the file names the form only.
        var isRefusal = request.StartsWith("POST", StringComparison.Ordinal) && answer.Json.TryGetProperty("error", out _);
        return document.Check(isRefusal ? Errors : contents["application/json"], answer);
    }

    [GeneratedRegex(@"^GET (/self-service/(?:login|registration|settings|recovery|verification)\?)")]
    private static partial Regex Return { get; }

    [GeneratedRegex(@"^GET /admin(/health/|/version$)")]
    private static partial Regex Service { get; }
}
