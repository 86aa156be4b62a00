using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Testing.Hosts;
using Selfservice.Testing.Strategies;

namespace Selfservice.Strategies.Link.Tests;

public sealed class LinkRecoveryContractTests : RecoveryStrategyContractTests
{
    protected override string Method => "link";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => builder.AddLink(o => o.Enabled = enabled);

    protected override Task<IReadOnlyDictionary<string, string>> ReadProofAsync(string address) => LinkContract.ReadProofAsync(Host, address);
}

public sealed class LinkVerificationContractTests : VerificationStrategyContractTests
{
    protected override string Method => "link";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => builder.AddLink(o => o.Enabled = enabled);

    protected override Task<IReadOnlyDictionary<string, string>> ReadProofAsync(string address) => LinkContract.ReadProofAsync(Host, address);
}

internal static class LinkContract
{
    public static async Task<IReadOnlyDictionary<string, string>> ReadProofAsync(SelfserviceTestHost host, string address) =>
        new Dictionary<string, string> { ["token"] = (await host.Courier.LastLinkForAsync(address)).Split("token=")[1] };
}
