using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Secrets;
using Selfservice.Sessions;
using Selfservice.Storage;

namespace Selfservice.Testing.Storage;

/// <summary>Things to keep, as a host would make them. Each call makes a new one.</summary>
internal static class StoreSamples
{
    public static readonly DateTimeOffset Now = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static readonly CredentialType Password = new("password");

    public static Guid NewId() => Guid.CreateVersion7(Now);

    public static byte[] Hash(Guid of) => SHA256.HashData(of.ToByteArray());

    public static JsonElement Json(string text) => JsonElement.Parse(text);

    public static FlowRecord Flow(DateTimeOffset? expiresAt = null) => new()
    {
        Id = NewId(),
        Kind = FlowKind.Login,
        ClientType = ClientType.Browser,
        ExpiresAt = expiresAt ?? Now.AddMinutes(10),
        CsrfSecret = Hash(NewId()),
        Document = Encoding.UTF8.GetBytes("""{"state":"choose_method","é":1}"""),
        Context = Encoding.UTF8.GetBytes("{}"),
    };

    public static Identity Identity(string name) => new()
    {
        Id = NewId(),
        SchemaId = "person",
        Traits = Json($$"""{ "email": "{{name}}@example.org",  "age": 1.50 }"""),
        ExternalId = $"ext-{name}",
        State = IdentityState.Active,
        StateChangedAt = Now,
        MetadataPublic = Json("[1, 2]"),
        MetadataAdmin = Json("""{"note":"x"}"""),
        OrganizationId = NewId(),
        CreatedAt = Now,
        UpdatedAt = Now,
        VerifiableAddresses = [Address($"{name}@example.org"), Address($"{name}@example.net")],
        RecoveryAddresses = [new RecoveryAddress { Id = NewId(), Value = $"{name}@example.org", Via = "email", CreatedAt = Now, UpdatedAt = Now }],
        Credentials =
        [
            new Credential { Type = Password, Identifiers = [$"{name}@example.org", name], Config = Json("""{"hashed_password":"h1"}"""), Version = 1, CreatedAt = Now, UpdatedAt = Now },
            new Credential { Type = new CredentialType("oidc"), Identifiers = [$"provider:{name}"], CreatedAt = Now, UpdatedAt = Now },
        ],
    };

    public static VerifiableAddress Address(string value) => new()
    {
        Id = NewId(),
        Value = value,
        Via = "email",
        Status = VerificationStatus.Sent,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static Session Session(Guid identityId, DateTimeOffset? issuedAt = null, DateTimeOffset? expiresAt = null) => new()
    {
        Id = NewId(),
        IdentityId = identityId,
        ExpiresAt = expiresAt ?? Now.AddHours(24),
        AuthenticatedAt = Now,
        IssuedAt = issuedAt ?? Now,
        Aal = AuthenticatorAssuranceLevel.Aal1,
        AuthenticationMethods =
        [
            new AuthenticationMethod { Method = "password", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = Now },
            new AuthenticationMethod { Method = "oidc", Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = Now, Provider = "github", Organization = "org" },
        ],
        Devices = [new SessionDevice { Id = NewId(), IpAddress = "203.0.113.7", UserAgent = "Browser/1", Location = "Zürich" }],
    };

    public static OneTimeSecret Secret(Guid? flowId = null, Guid? identityId = null) => new()
    {
        Id = NewId(),
        Purpose = "recovery_code",
        Mac = Hash(NewId()),
        FlowId = flowId,
        IdentityId = identityId,
        Subject = "a@example.org",
        IssuedAt = Now,
        ExpiresAt = Now.AddMinutes(10),
    };

    public static CourierMessage Message() => new()
    {
        Id = NewId(),
        Channel = MessageChannel.Email,
        Recipient = "zoë@example.org",
        Subject = "Use code 123456 to …",
        Body = "Text\r\nwith lines",
        Template = CourierTemplate.RecoveryCodeValid,
        TemplateData = Json("""{"to":"zoë@example.org","recovery_code":"123456"}"""),
        RequestHeaders = Json("""{"User-Agent":["Browser/1"]}"""),
        Culture = "de-AT",
        DueAt = Now,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    /// <summary>The JSON of anything, for comparing things whose lists and elements have no equality of their own.</summary>
    public static string Shape(object? value) => JsonSerializer.Serialize(value, Shapes);

    private static JsonSerializerOptions Shapes { get; } = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
        {
            // Credentials that were not loaded cannot be read.
            if (type.Type == typeof(Identity))
                type.Properties.Single(p => p.Name == nameof(Selfservice.Identities.Identity.Credentials)).Get = static i => ((Identity)i).HasCredentials ? ((Identity)i).Credentials : null;
        }),
    };
}
