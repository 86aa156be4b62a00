using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;

namespace Selfservice.Core.Tests.Flows;

public sealed class ReturnUrlsTests
{
    private const string Host = "https://id.example.org";

    [TestCase("https://app.example.org/app")]
    [TestCase("HTTPS://APP.example.org/app/x?y#z")]
    [TestCase("https://app.example.org/apple", Description = "The path is a plain prefix.")]
    [TestCase("https://a.wild.example.org/")]
    [TestCase("https://a.b.wild.example.org/")]
    [TestCase("https://id.example.org/self-service/settings")]
    [TestCase("https://id.example.org/mine")]
    [TestCase("/mine")]
    public void Resolve_Allowed(string candidate)
    {
        Resolve(candidate, out var refused);
        refused.ShouldBeFalse();
    }

    [TestCase("https://evil.example/app")]
    [TestCase("http://app.example.org/app", Description = "Another scheme.")]
    [TestCase("https://app.example.org:8443/app", Description = "Another port.")]
    [TestCase("https://app.example.org/other")]
    [TestCase("https://app.example.org/APP")]
    [TestCase("https://app.example.org.evil.example/app")]
    [TestCase("https://app.example.org@evil.example/app")]
    [TestCase("https://evil@app.example.org/app")]
    [TestCase("https://app.example.org/app/../other")]
    [TestCase("https://app.example.org/app/%2e%2E/other")]
    [TestCase("https://app.example.org/app/.%2e")]
    [TestCase("https://app.example.org/app/..%2fother")]
    [TestCase("https://app.example.org/app/%5c..")]
    [TestCase("https://app.example.org/app%00")]
    [TestCase("https://wild.example.org/", Description = "The wildcard stands for at least one label.")]
    [TestCase("https://evilwild.example.org/")]
    [TestCase("https://a.wild.example.org:8443/")]
    [TestCase("https://anything.com/", Description = "A wildcard over a top-level domain is ignored.")]
    [TestCase("//evil.example/app")]
    [TestCase("https:evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("https://app.example.org/app\t")]
    [TestCase("https://app.example.org\n.evil.example/app")]
    [TestCase("\thttps://evil.example/")]
    [TestCase("/\\evil.example")]
    [TestCase("https:\\\\evil.example")]
    [TestCase("https://app.example.org\\@evil.example/app")]
    [TestCase("https://app.example.org/app%zz")]
    [TestCase("https://app.example.org/a b")]
    public void Resolve_Refused(string candidate)
    {
        Resolve(candidate, out var refused);
        refused.ShouldBeTrue();
    }

    [TestCase(null)]
    [TestCase("")]
    public void Resolve_Nothing_MeansTheFallback(string? candidate)
    {
        Resolve(candidate, out var refused).ShouldBe(Host + "/welcome");
        refused.ShouldBeFalse();
    }

    [Test]
    public void Resolve_TooLong_IsRefused()
    {
        Resolve("/" + new string('a', ReturnUrls.MaximumLength), out var refused);
        refused.ShouldBeTrue();
    }

    private static string Resolve(string? candidate, out bool refused)
    {
        var options = new SelfserviceOptions { AllowedReturnUrls = ["https://app.example.org/app", "https://*.wild.example.org", "https://*.com", "*", "not a url"] };
        var result = new ReturnUrls(Options.Create(options)).Resolve(candidate, "/welcome", Host, out var error);
        refused = error is not null;
        return result;
    }
}
