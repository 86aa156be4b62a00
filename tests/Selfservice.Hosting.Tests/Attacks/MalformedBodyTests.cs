using System.Text;

namespace Selfservice.Hosting.Tests.Attacks;

public sealed class MalformedBodyTests
{
    private const string Email = "ada@example.org";
    private const string Password = "plover-kettle-71-orbit";

    private static IEnumerable<TestCaseData> Bodies()
    {
        const string json = "application/json";
        const string form = "application/x-www-form-urlencoded";
        yield return Case("oversized", json, Bytes("{\"method\":\"password\",\"password\":\"" + new string('a', 6_000_000) + "\"}"));
        yield return Case("oversized form", form, Bytes("method=password&password=" + new string('a', 6_000_000)));
        yield return Case("deep objects", json, Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
        yield return Case("deep arrays in traits", json, Bytes("{\"method\":\"password\",\"traits\":{\"email\":" + new string('[', 50_000) + new string(']', 50_000) + "}}"));
        yield return Case("many dots in a form", form, Bytes("method=password&traits." + string.Join('.', Enumerable.Repeat("a", 20_000)) + "=1"));
        yield return Case("text", "text/plain", Bytes("{}"));
        yield return Case("no type", "", Bytes("{}"));
        yield return Case("xml", "application/xml", Bytes("<a/>"));
        yield return Case("multipart without boundary", "multipart/form-data", Bytes("--x"));
        yield return Case("multipart cut off", "multipart/form-data; boundary=x", Bytes("--x\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\npass"));
        yield return Case("invalid UTF-8", json, [.. Bytes("{\"method\":\"password\",\"password\":\""), 0xff, 0xfe, 0xc0, 0x80, .. Bytes("\"}")]);
        yield return Case("invalid UTF-8 form", form, [.. Bytes("method=password&password="), 0xff, 0xfe]);
        yield return Case("half a surrogate pair", json, Bytes("{\"method\":\"password\",\"password\":\"\\ud800\",\"identifier\":\"\\udc00\",\"traits\":{\"email\":\"\\ud800\"}}"));
        yield return Case("NUL", json, Bytes("{\"method\":\"password\",\"password\":\"a\\u0000b\",\"identifier\":\"a\\u0000@example.org\",\"traits\":{\"email\":\"a\\u0000@example.org\"}}"));
        yield return Case("NUL form", form, Bytes("method=password&identifier=a%00%40example.org&password=a%00b&traits.email=a%00%40example.org"));
        yield return Case("duplicated keys", json, Bytes("{\"method\":\"password\",\"method\":[],\"password\":\"x\",\"password\":{},\"traits\":{},\"traits\":{\"email\":1,\"email\":2}}"));
        yield return Case("duplicated fields", form, Bytes("method=password&method=profile&password=x&password=y&traits.email=a&traits.email=b&traits=c"));
        yield return Case("wrong types", json, Bytes("{\"method\":1,\"password\":true,\"identifier\":[],\"traits\":\"x\",\"csrf_token\":{},\"transient_payload\":[]}"));
        yield return Case("null", json, Bytes("null"));
        yield return Case("number", json, Bytes("1e999999"));
        yield return Case("huge number", json, Bytes("{\"method\":\"password\",\"traits\":{\"email\":1e999999}}"));

        static TestCaseData Case(string name, string type, byte[] body) => new TestCaseData(type, body).SetArgDisplayNames(name);
    }

    // The attacker sends bodies that parsers stumble over, to take the host down or to slip past a check that another parser made.
    // Every one is answered as the client's own fault and changes nobody's account.
    [TestCaseSource(nameof(Bodies))]
    [Property("Checklist", "2.2.2")]
    [Property("Checklist", "16.5.1")]
    public async Task Submit_OfABadBody_IsTheClientsFaultAndChangesNothing(string type, byte[] body)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        await client.RegisterAsync(Email, Password);
        client.SessionToken = null;
        var rows = await host.RowsAsync();

        foreach (var kind in new[] { "login", "registration" })
        {
            var flow = await client.BeginAsync(kind);
            var answer = await SendAsync(client, $"/self-service/{kind}?flow={flow.Id}", type, body);
            ((int)answer.Status).ShouldBeInRange(400, 499, answer.Body);
        }

        (await host.RowsAsync()).ShouldBe(rows);
    }

    // The attacker's machine sends what nobody thought of, many thousand times.
    // One body that ends in an error of the host's is a way to stop it, one that changes a row is a way in.
    [Test]
    [Property("Checklist", "2.2.2")]
    [Property("Checklist", "16.5.4")]
    public async Task Submit_OfTenThousandMalformedBodies_NeverFailsAndChangesNothing()
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        await client.RegisterAsync(Email, Password);
        client.SessionToken = null;
        var rows = await host.RowsAsync();
        var paths = new List<string>();
        foreach (var kind in new[] { "login", "registration" })
            paths.Add($"/self-service/{kind}?flow={(await client.BeginAsync(kind)).Id}");
        var random = new SplitMix(20260105);

        for (var i = 0; i < 10_000; i++)
        {
            var (type, body) = BodyGenerator.Next(random);
            var answer = await SendAsync(client, paths[i % paths.Count], type, body);
            ((int)answer.Status).ShouldBeInRange(400, 499, $"Body {i}, {type}: {Convert.ToHexString(body)} {answer.Body}");
        }

        (await host.RowsAsync()).ShouldBe(rows);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<Answer> SendAsync(Client client, string path, string type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        if (type.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await client.SendAsync(HttpMethod.Post, path, content);
    }
}
