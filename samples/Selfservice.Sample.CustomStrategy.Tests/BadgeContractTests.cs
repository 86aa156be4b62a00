using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Testing.Strategies;

namespace Selfservice.Sample.CustomStrategy.Tests;

[NUnit.Framework.TestFixture]
public sealed class BadgeContractTests : LoginStrategyContractTests
{
    protected override string Method => "badge";

    protected override IReadOnlyCollection<string> RequiredFields => ["badge"];

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => builder.AddBadge(o => o.Enabled = enabled);

    protected override async Task<LoginProof> EnrollAsync()
    {
        var identity = await Host.CreateIdentityAsync("""{"email":"anna@example.org"}""");
        var badges = Host.Services.GetRequiredService<Badges>();
        var former = (await badges.IssueAsync(identity.Id, CancellationToken.None))!;
        var current = (await badges.IssueAsync(identity.Id, CancellationToken.None))!;
        var unknown = BadgeCredential.NewNumber();
        return new(Fields(current), Fields(former), Fields(unknown), [former, current, unknown]);
    }

    private static Dictionary<string, string> Fields(string number) => new() { ["badge"] = number };
}
