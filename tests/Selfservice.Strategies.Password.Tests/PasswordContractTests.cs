using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Testing.Strategies;

namespace Selfservice.Strategies.Password.Tests;

public sealed class PasswordLoginContractTests : LoginStrategyContractTests
{
    private const string Password = "a planted Secret 7341";
    private const string WrongPassword = "another planted Secret 9902";

    protected override string Method => "password";

    protected override IReadOnlyCollection<string> RequiredFields => ["identifier", "password"];

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => PasswordContract.Add(builder, enabled);

    protected override async Task<LoginProof> EnrollAsync()
    {
        await Host.CreateIdentityAsync("""{"email":"anna@example.org"}""", """{"password":{"config":{"password":"PASSWORD"}}}""".Replace("PASSWORD", Password, StringComparison.Ordinal));
        return new(Fields("anna@example.org", Password), Fields("anna@example.org", WrongPassword), Fields("nobody@example.org", WrongPassword), [Password, WrongPassword]);
    }

    private static Dictionary<string, string> Fields(string identifier, string password) => new() { ["identifier"] = identifier, ["password"] = password };
}

public sealed class PasswordRegistrationContractTests : RegistrationStrategyContractTests
{
    private const string Password = "a planted Secret 7341";

    protected override string Method => "password";

    protected override IReadOnlyCollection<string> RequiredFields => ["traits.email", "password"];

    protected override IReadOnlyDictionary<string, string> Proof => new Dictionary<string, string> { ["traits.email"] = "anna@example.org", ["password"] = Password };

    protected override IReadOnlyCollection<string> Secrets => [Password];

    protected override string RequiredTrait => "traits.email";

    protected override void AddMethod(SelfserviceBuilder builder, bool enabled) => PasswordContract.Add(builder, enabled);
}

internal static class PasswordContract
{
    /// <summary>No test asks another machine about its passwords.</summary>
    public static void Add(SelfserviceBuilder builder, bool enabled) => builder.AddPassword(o =>
    {
        o.Enabled = enabled;
        o.Config.HaveibeenpwnedEnabled = false;
    });
}
