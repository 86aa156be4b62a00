using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Clients;
using Selfservice.Configuration;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Jsonnet;

namespace Selfservice.Strategies.Oidc.Tests;

/// <summary>What of a provider's claims becomes an identity.</summary>
public sealed class MappingTests
{
    private static readonly ProviderClaims Somebody = new()
    {
        Issuer = "https://provider.example",
        Subject = "1",
        Name = "Some Body",
        Email = "Some@Example.org",
        EmailVerified = true,
        RawClaims = new() { ["groups"] = new JsonArray("a", "b"), ["https://x.example/role"] = "chief", ["address"] = new JsonObject { ["country"] = "CH" }, ["age"] = 7, ["none"] = false },
    };

    [TestCase("traits.email", "email", "", null, """{"email":"Some@Example.org"}""")]
    [TestCase("traits.name.full", "name", "", null, """{"name":{"full":"Some Body"}}""")]
    [TestCase("traits.groups", "groups", "", null, """{"groups":["a","b"]}""")]
    [TestCase("traits.groups", "raw_claims.groups", "", null, """{"groups":["a","b"]}""")]
    [TestCase("traits.first", "raw_claims.groups.0", "", null, """{"first":"a"}""")]
    [TestCase("traits.role", "https://x.example/role", "", null, """{"role":"chief"}""")]
    [TestCase("traits.country", "address.country", "", null, """{"country":"CH"}""")]
    [TestCase("traits.age", "age", "", null, """{"age":7}""")]
    [TestCase("traits.email", "email", "email_verified", null, """{"email":"Some@Example.org"}""")]
    [TestCase("traits.email", "email", "phone_number_verified", null, "{}")]
    [TestCase("traits.email", "email", "none", null, "{}")]
    [TestCase("traits.email", "email", "groups", null, """{"email":"Some@Example.org"}""")]
    [TestCase("traits.site", "website", "", null, "{}")]
    [TestCase("traits.site", "website", "", "https://none.example", """{"site":"https://none.example"}""")]
    [TestCase("traits.site", "website", "none", "https://none.example", "{}")]
    [TestCase("traits.kind", "", "", "person", """{"kind":"person"}""")]
    public async Task Rule_MakesATrait(string to, string from, string when, string? otherwise, string traits)
    {
        var made = await MapAsync(new ClaimRule { To = to, From = from, When = when, Default = otherwise });
        made.Traits.ToJsonString().ShouldBe(traits);
        (made.MetadataPublic, made.MetadataAdmin, made.VerifiedAddresses.Count).ShouldBe((null, null, 0));
    }

    [Test]
    public async Task Rules_MakeMetadataAndVerifiedAddresses()
    {
        var made = await MapAsync(
            new ClaimRule { To = "metadata_public.subject", From = "sub" },
            new ClaimRule { To = "metadata_admin.groups", From = "groups" },
            new ClaimRule { To = "verified_addresses", From = "email", When = "email_verified" },
            new ClaimRule { To = "verified_addresses", From = "phone_number", Via = "sms" });
        made.MetadataPublic!.ToJsonString().ShouldBe("""{"subject":"1"}""");
        made.MetadataAdmin!.ToJsonString().ShouldBe("""{"groups":["a","b"]}""");
        made.VerifiedAddresses.ShouldBe([new("email", "some@example.org")]);
    }

    [Test]
    public async Task Delegate_IsAsked_AndItsAddressesAreNormal()
    {
        var mapper = new DelegateMapper(c => new(new() { ["name"] = c.Name }, null, null, [new("email", " A@Example.org ")]));
        var made = (await mapper.MapAsync(Somebody, null, CancellationToken.None)).Value();
        made.Traits.ToJsonString().ShouldBe("""{"name":"Some Body"}""");
        made.VerifiedAddresses.ShouldBe([new("email", "a@example.org")]);
    }

    /// <summary>Somebody makes an account with another's address at a provider that does not check it, and learns here whether that address is known.</summary>
    [TestCase(true, """{"email":"Some@Example.org"}""")]
    [TestCase(false, "{}")]
    public async Task Nothing_MapsAVerifiedAddressAlone(bool isVerified, string traits)
    {
        var mapper = new VerifiedEmailMapper(new(Options.Create(new SelfserviceOptions())));
        var made = (await mapper.MapAsync(Somebody with { EmailVerified = isVerified }, null, CancellationToken.None)).Value();
        made.Traits.ToJsonString().ShouldBe(traits);
        made.VerifiedAddresses.ShouldBeEmpty();
    }

    [TestCase("""{"contact":{"type":"object","properties":{"mail":{"type":"string","format":"email","ory.sh/kratos":{"verification":{"via":"email"}}}}}}""", """{"contact":{"mail":"Some@Example.org"}}""")]
    [TestCase("""{"other":{"type":"string","format":"email"},"login":{"type":"string","format":"email","ory.sh/kratos":{"recovery":{"via":"email"}}}}""", """{"login":"Some@Example.org"}""")]
    [TestCase("""{"other":{"type":"string","format":"email"}}""", """{"other":"Some@Example.org"}""")]
    [TestCase("""{"name":{"type":"string"}}""", "{}")]
    public async Task Nothing_FindsTheTraitThatTheSchemaUsesAsAddress(string properties, string traits)
    {
        var schema = """{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"traits":{"type":"object","properties":""" + properties + "}}}";
        var options = new SelfserviceOptions();
        options.Identity.Schemas.Add(new() { Id = "default", Url = "base64://" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(schema)) });
        var made = (await new VerifiedEmailMapper(new(Options.Create(options))).MapAsync(Somebody, null, CancellationToken.None)).Value();
        made.Traits.ToJsonString().ShouldBe(traits);
    }

    [TestCase("{ identity: { traits: 'none' } }", 500, null, "OpenID Connect Jsonnet mapper did not return an object for key identity.traits. Please check your Jsonnet code!")]
    [TestCase("{}", 500, null, "OpenID Connect Jsonnet mapper did not return an object for key identity.traits. Please check your Jsonnet code!")]
    [TestCase("{ identity: { traits: {}, metadata_public: 'x' } }", 500, "invalid_configuration", "OpenID Connect Jsonnet mapper did not return an object for key identity.metadata_public. Please check your Jsonnet code!")]
    [TestCase("{ identity: { traits: {}, metadata_admin: [] } }", 500, "invalid_configuration", "OpenID Connect Jsonnet mapper did not return an object for key identity.metadata_admin. Please check your Jsonnet code!")]
    [TestCase("{ identity: { traits: {}, verified_addresses: 'x' } }", 400, null, "OpenID Connect Jsonnet mapper did not return an array for key identity.verified_addresses. Please check your Jsonnet code!")]
    [TestCase("{ identity: { traits: {}, verified_addresses: ['x'] } }", 400, null, "Failed to unmarshal value for key identity.verified_addresses. Please check your Jsonnet code!")]
    [TestCase("error 'planted ' + std.extVar('claims').email", 500, null, null)]
    [TestCase("local f(x) = f(x + 1); f(0)", 500, null, null)]
    public async Task Program_ThatFails_IsTold(string program, int code, string? id, string? reason)
    {
        var error = (await RunAsync(program)).Error();
        (error.Code, error.Id, error.Reason).ShouldBe((code, id, reason));
        error.Message.ShouldNotContain("planted");
    }

    [Test]
    public async Task Program_MakesAnIdentity()
    {
        const string Program = """
            local claims = { email_verified: false } + std.extVar('claims');
            { identity: {
              traits: { [if claims.email_verified then 'email' else null]: claims.email },
              metadata_public: { iss: claims.iss, sub: claims.sub },
              verified_addresses: [{ via: 'email', value: claims.email }],
            } }
            """;
        var made = (await RunAsync(Program)).Value();
        made.Traits.ToJsonString().ShouldBe("""{"email":"Some@Example.org"}""");
        made.MetadataPublic!.ToJsonString().ShouldBe("""{"iss":"https://provider.example","sub":"1"}""");
        made.VerifiedAddresses.ShouldBe([new("email", "some@example.org")]);
    }

    [Test]
    public void Claims_ThatSayNothing_AreLeftOut() => new ProviderClaims { Issuer = "i", Subject = "s", HostedDomain = "h" }.ToJson().ToJsonString().ShouldBe("""{"iss":"i","sub":"s","hd":"h"}""");

    [TestCase("""{"locale":{"language":"de","country":"CH"}}""", "de-CH")]
    [TestCase("""{"locale":{"language":"de"}}""", "de")]
    [TestCase("""{"locale":"fr"}""", "fr")]
    public void Locale_IsOneText(string json, string expected) => StandardClaims.Read(JsonNode.Parse(json)!.AsObject(), keepRaw: false).Locale.ShouldBe(expected);

    [TestCase("true", true)]
    [TestCase("\"true\"", true)]
    [TestCase("\"false\"", false)]
    [TestCase("null", false)]
    public void EmailVerified_MayBeAText(string json, bool expected) =>
        StandardClaims.Read(JsonNode.Parse($$"""{"email_verified":{{json}}}""")!.AsObject(), keepRaw: false).EmailVerified.ShouldBe(expected);

    private static async Task<MappedIdentity> MapAsync(params ClaimRule[] rules) => (await new RuleMapper(rules).MapAsync(Somebody, null, CancellationToken.None)).Value();

    private static async Task<Protocol.ProviderResult<MappedIdentity>> RunAsync(string program)
    {
        using var http = new OutboundHttp(Options.Create(new SelfserviceOptions()));
        var mapper = new JsonnetClaimsPrograms(http, TimeProvider.System).Load("base64://" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(program)));
        return await mapper.MapAsync(Somebody, null, CancellationToken.None);
    }
}
