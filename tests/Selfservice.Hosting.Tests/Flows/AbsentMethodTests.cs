using System.Net;

namespace Selfservice.Hosting.Tests.Flows;

/// <summary>What a submission for a method is told that the host does not have.</summary>
public sealed class AbsentMethodTests
{
    [TestCase("login", "passkey", HttpStatusCode.NotFound)]
    [TestCase("login", "webauthn", HttpStatusCode.BadRequest)]
    [TestCase("login", "anything", HttpStatusCode.BadRequest)]
    [TestCase("registration", "oidc", HttpStatusCode.NotFound)]
    [TestCase("registration", "passkey", HttpStatusCode.BadRequest)]
    public async Task Submit_OfAMethodThatIsNotInstalled_AnswersAsWhereItIsOff(string kind, string method, HttpStatusCode expected)
    {
        await using var host = await TestHost.StartAsync();
        using var client = host.NewClient(Agent.Native);
        var flow = await client.BeginAsync(kind);

        var answer = await client.SubmitAsync(kind, flow, ("method", method));

        answer.Status.ShouldBe(expected);
        if (expected == HttpStatusCode.NotFound)
            answer.Json.GetProperty("error").GetProperty("reason").GetString()!.ShouldStartWith("This endpoint was disabled by system administrator.");
    }
}
