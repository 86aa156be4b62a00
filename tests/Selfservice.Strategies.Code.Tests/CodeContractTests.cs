using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Submissions;
using Selfservice.Testing.Hosts;
using Selfservice.Testing.Strategies;

namespace Selfservice.Strategies.Code.Tests;

public sealed class CodeRecoveryContractTests : RecoveryStrategyContractTests
{
    protected override string Method => "code";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => builder.AddCode(o => o.Enabled = enabled);

    protected override Task<IReadOnlyDictionary<string, string>> ReadProofAsync(string address) => CodeContract.ReadProofAsync(Host, address);

    [Test]
    public override void Claims_OnlyItsOwnMethod() => CodeContract.Claims(Host);
}

public sealed class CodeVerificationContractTests : VerificationStrategyContractTests
{
    protected override string Method => "code";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => builder.AddCode(o => o.Enabled = enabled);

    protected override Task<IReadOnlyDictionary<string, string>> ReadProofAsync(string address) => CodeContract.ReadProofAsync(Host, address);

    [Test]
    public override void Claims_OnlyItsOwnMethod() => CodeContract.Claims(Host);
}

internal static class CodeContract
{
    public static async Task<IReadOnlyDictionary<string, string>> ReadProofAsync(SelfserviceTestHost host, string address) =>
        new Dictionary<string, string> { ["code"] = await host.Courier.LastCodeForAsync(address) };

    /// <summary>In the contract a name that means nothing is told so at the field <c>method</c>, which this method does.</summary>
    public static void Claims(SelfserviceTestHost host)
    {
        var strategy = host.Services.GetServices<IStrategy>().Single(s => s.Id.Name == "code");
        strategy.Claims(Submission.FromForm([new("method", "code")])).ShouldBe(Claim.Submit);
        strategy.Claims(Submission.FromForm([new("method", "link")])).ShouldBe(Claim.None);
        strategy.Claims(Submission.FromForm([])).ShouldBe(Claim.None);
    }
}
