using System.Text.Json.Nodes;

namespace Selfservice.Hosting.Tests.Snapshots;

/// <summary>Every JSON body of the scenarios against the description that the contract's origin publishes.</summary>
public sealed class ContractDocumentTests
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
        foreach (var scenario in Scenario.All)
        {
            foreach (var agent in scenario.Agents)
            {
                foreach (var answer in (await Recordings.OfAsync(scenario, agent)).Where(Recordings.IsJson))
                {
                    count++;
                    if (Fault(document, answer) is { } fault)
                        faults.Add($"{scenario.Name} ({agent}) {answer.Request} {(int)answer.Status}:\n{fault}");
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{count} bodies compared, {faults.Count} differ");
        faults.ShouldBeEmpty();
    }

    /// <summary>What the file says and the origin itself does not do.</summary>
    private static void SetArtefactsRight(JsonObject schemas)
    {
        // It forbids every member of an error's details.
        schemas["genericError"]!["properties"]!["details"]!.AsObject().Remove("additionalProperties");

        // It forbids continue_with: null, which the origin answers when there is nothing to do.
        foreach (var name in new[] { "successfulNativeLogin", "successfulNativeRegistration" })
            schemas[name]!["properties"]!["continue_with"]!["nullable"] = true;
    }

    private static string? Fault(ApiDocument document, Answer answer)
    {
        if (document.Find(answer.Request) is not { } operation)
            return (int)answer.Status < 400 ? "The contract has no such operation." : document.Check(Errors, answer);
        if (document.Contents(operation, (int)answer.Status) is not { Count: > 0 } contents)
            return "The contract has no body for this status.";
        return document.Check(contents["application/json"], answer);
    }
}
