using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Flows;
using Selfservice.Testing.Hosts;

namespace Selfservice.Docs.Tests;

/// <summary>The table of endpoints, compared with what a host maps: every path with its methods, and no other.</summary>
public sealed class EndpointTableTests
{
    private static readonly string[] Documents = ["/openapi/selfservice.json", "/admin/openapi.json"];

    [Test]
    public async Task Table_NamesEveryMappedEndpointAndNoOther()
    {
        await using var host = await SelfserviceTestHost.StartAsync(_ => { }, map: app =>
        {
            app.MapSelfserviceAdmin();
            app.MapSelfserviceOpenApi();
        });
        var described = new List<string>();
        foreach (var document in Documents)
            described.AddRange(await ReadAsync(host.Client, document));
        // What describes itself is in no document.
        var mapped = described.Concat(Documents.Select(path => $"GET {path}")).ToArray();

        // The documents name all routes; were one left out, the table could leave it out, too.
        mapped.Select(line => line.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal).ShouldBe(Routes(host).Order(StringComparer.Ordinal));
        Said().Order(StringComparer.Ordinal).ShouldBe(mapped.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Routes(SelfserviceTestHost host) =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct();

    private static async Task<IEnumerable<string>> ReadAsync(HttpClient client, string path)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"))];
    }

    private static IEnumerable<string> Said() =>
        from row in MarkdownTable.In(Repository.Page("docs/hosting.md")).Single(t => t.Head is ["Path", "Methods", ..]).Rows
        from code in MarkdownTable.Code(row[0])
        from path in code.Contains("{kind}", StringComparison.Ordinal) ? FlowKind.All.Select(kind => code.Replace("{kind}", kind.Name, StringComparison.Ordinal)) : [code]
        from method in row[1].Split(", ")
        // The documents have no word for any method.
        select $"{(method == "any" ? "GET" : method)} {path}";
}
