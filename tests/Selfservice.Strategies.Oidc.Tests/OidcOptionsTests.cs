using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Selfservice.Strategies.Oidc.Providers;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>Settings that could not work stop the host with the sentence that mends them. Each test begins with settings that work and changes one thing.</summary>
public sealed class OidcOptionsTests
{
    private const string First = "Selfservice:Methods:Oidc:Config:Providers:0 (\"local\") ";

    [TestCase("Provider", "other", "has the Provider \"other\", which is no kind")]
    [TestCase("Id", "a b", "needs an Id of letters, digits, -, _ and .")]
    [TestCase("ClientId", "", "needs the ClientId that the provider gave this host")]
    [TestCase("ClientSecret", "", "needs the ClientSecret that the provider gave this host")]
    [TestCase("IssuerUrl", "", "needs the IssuerUrl of the provider")]
    [TestCase("IssuerUrl", "http://provider.example", "has the IssuerUrl \"http://provider.example\"")]
    [TestCase("IssuerUrl", "provider.example", "has the IssuerUrl \"provider.example\"")]
    [TestCase("AuthUrl", "javascript:alert(1)", "has the AuthUrl \"javascript:alert(1)\"")]
    [TestCase("Provider", "microsoft", "needs a MicrosoftTenant")]
    [TestCase("MicrosoftTenant", "common", "has a MicrosoftTenant or SubjectSource, which only the kind microsoft knows")]
    [TestCase("Provider", "apple", "needs AppleTeamId and ApplePrivateKeyId")]
    [TestCase("AppleTeamId", "x", "has settings of Apple, which only the kind apple knows")]
    [TestCase("TokenEndpointAuth", "private_key_jwt", "needs a ClientPrivateKey for private_key_jwt")]
    [TestCase("ClientPrivateKey", "x", "has a ClientPrivateKey that is not used")]
    [TestCase("AccountLinkingMode", "automatic", "has the AccountLinkingMode automatic")]
    [TestCase("MapperUrl", "base64://e30=", "has a MapperUrl, but nothing runs it; add the package Selfservice.Strategies.Oidc.Jsonnet and call AddOidcJsonnet(), or use Map")]
    [TestCase("Map:0:To", "name", "has rules that do not work: Map:0:To is \"name\"")]
    public void Setting_ThatCannotWork_StopsTheHost(string key, string value, string sentence) =>
        Faults((key, value)).ShouldContain(f => f.StartsWith(First.Replace("local", key == "Id" ? value : "local", StringComparison.Ordinal) + sentence, StringComparison.Ordinal));

    [Test]
    public void Settings_ThatWork_AreTaken() => Faults().ShouldBeEmpty();

    [Test]
    public void Settings_OfAMethodThatIsOff_AreNotChecked() => Faults(("IssuerUrl", ""), ("../../../Enabled", "false")).ShouldBeEmpty();

    [Test]
    public void Providers_OfAMethodThatIsOff_AreNotMade()
    {
        using var host = Host("Production", ("Provider", "other"), ("../../../Enabled", "false"));
        host.GetRequiredService<ProviderCatalog>().All.ShouldBeEmpty();
    }

    [Test]
    public void Providers_OfOneId_StopTheHost() => Faults(("../1/Id", "LOCAL"), ("../1/Provider", "github"), ("../1/ClientId", "x"), ("../1/ClientSecret", "x"))
        .ShouldContain("Selfservice:Methods:Oidc:Config:Providers has two providers with the Id \"local\"; give each its own.");

    [TestCase("http://127.0.0.1:9000", "Production")]
    [TestCase("http://provider.example", "Development")]
    public void Issuer_WithoutHttps_MayBeHereOrInDevelopment(string issuer, string environment)
    {
        using var host = Host(environment, ("IssuerUrl", issuer));
        host.GetRequiredService<IOptions<OidcOptions>>().Value.Config.Providers.Single().IssuerUrl.ShouldBe(issuer);
    }

    [Test]
    public void Program_ThatIsNone_StopsTheHost()
    {
        using var host = Host("Production", true, ("MapperUrl", "base64://e2E="));
        Should.Throw<OptionsValidationException>(() => host.GetRequiredService<IOptions<OidcOptions>>().Value).Message.ShouldContain("has a MapperUrl that is no Jsonnet program");
    }

    [Test]
    public void Providers_OfCode_AreThereWhereConfigurationHasNone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var services = new ServiceCollection().AddLogging();
        services.AddSelfserviceCore(o => (o.PublicUrl, o.Secrets.Default) = ("https://host.example", ["a secret of the tests, long enough"])).AddOidc(o =>
        {
            o.Enabled = true;
            o.AddGoogle("a", "b").AddGitHub("a", "b").AddGitLab("a", "b").AddFacebook("a", "b").AddDiscord("a", "b").AddLinkedIn("a", "b").AddX("a", "b").AddTwitch("a", "b")
                .AddMicrosoft("common", "a", "b").AddApple("a", "team", "key", key.ExportPkcs8PrivateKeyPem()).AddOpenIdConnect("own", "https://own.example", "a", "b", p => p.Label = "Own");
        });
        using var host = services.BuildServiceProvider();
        var catalog = host.GetRequiredService<ProviderCatalog>();
        catalog.All.Select(p => p.Id).ShouldBe(["google", "github", "gitlab", "facebook", "discord", "linkedin", "x", "twitch", "microsoft", "apple", "own"]);
        catalog.All.Select(p => p.Label).ShouldBe(["Google", "GitHub", "GitLab", "Facebook", "Discord", "LinkedIn", "X", "Twitch", "Microsoft", "Apple", "Own"]);
        catalog.Find("own")!.Label.ShouldBe("Own");
        catalog.Find("Own").ShouldBeNull();
    }

    [Test]
    public void Kind_OfTheHosts_TakesThePlaceOfOurs()
    {
        var services = new ServiceCollection();
        services.AddSelfserviceCore().AddOidcProviderKind(new() { Name = "google", IsOpenId = true }).AddOidc().AddOidcProviderKind(new() { Name = "own", IsOpenId = true });
        using var host = services.BuildServiceProvider();
        var kinds = host.GetServices<ProviderKind>().ToArray();
        kinds.Single(k => k.Name == "google").Issuer.ShouldBeEmpty();
        kinds.Count(k => k.Name == "own").ShouldBe(1);
    }

    private static string[] Faults(params (string Key, string Value)[] changes)
    {
        using var host = Host("Production", changes);
        try
        {
            _ = host.GetRequiredService<IOptions<OidcOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    private static ServiceProvider Host(string environment, params (string Key, string Value)[] changes) => Host(environment, false, changes);

    private static ServiceProvider Host(string environment, bool hasJsonnet, params (string Key, string Value)[] changes)
    {
        const string Provider = "Selfservice:Methods:Oidc:Config:Providers:0:";
        var settings = new Dictionary<string, string?>
        {
            ["Selfservice:PublicUrl"] = "https://host.example",
            ["Selfservice:Secrets:Default:0"] = "a secret of the tests, long enough",
            ["Selfservice:Methods:Oidc:Enabled"] = "true",
            [Provider + "Id"] = "local",
            [Provider + "Provider"] = "generic",
            [Provider + "ClientId"] = "client",
            [Provider + "ClientSecret"] = "secret",
            [Provider + "IssuerUrl"] = "https://provider.example",
        };
        foreach (var (key, value) in changes)
            settings[Resolve(Provider, key)] = value;
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment });
        var builder = services.AddSelfserviceCore().AddOidc();
        if (hasJsonnet)
            builder.AddOidcJsonnet();
        return services.BuildServiceProvider();
    }

    // "../1/Id" is another provider's; "../../../Enabled" the method's.
    private static string Resolve(string root, string key)
    {
        var parts = root.TrimEnd(':').Split(':').ToList();
        foreach (var part in key.Split('/'))
        {
            if (part == "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join(':', parts);
    }
}
