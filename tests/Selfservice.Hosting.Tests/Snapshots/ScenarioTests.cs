using Selfservice.Testing.Snapshots;

namespace Selfservice.Hosting.Tests.Snapshots;

public sealed class ScenarioTests
{
    private static IEnumerable<TestCaseData> Cases => Scenario.All.SelectMany(s => s.Agents.Select(a => new TestCaseData(s, a).SetArgDisplayNames(s.Name, a.ToString())));

    [TestCaseSource(nameof(Cases))]
    public async Task Answers_AreAsApproved(object scenario, Agent agent)
    {
        var played = (Scenario)scenario;

        var answers = await Recordings.OfAsync(played, agent);

        answers.ShouldNotBeEmpty();
        Recordings.ToText(answers).ShouldMatchSnapshot($"approved/{played.Name}.{agent.ToString().ToLowerInvariant()}.txt");
    }
}
