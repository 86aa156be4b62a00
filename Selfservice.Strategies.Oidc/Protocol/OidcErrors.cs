using Selfservice.Errors;

namespace Selfservice.Strategies.Oidc.Protocol;

/// <summary>What people are told when a provider fails. The texts are those of the contract, which clients may compare; no text of a provider is in them.</summary>
internal static class OidcErrors
{
    public static ErrorObject NoIdToken { get; } =
        ErrorObject.BadRequest("Authentication failed because no id_token was returned. Please accept the \"openid\" permission and try again.");

    public static ErrorObject PermissionsMissing { get; } =
        ErrorObject.BadRequest("Unable to finish because one or more permissions were not granted. Please retry and accept all permissions.");

    public static ErrorObject OtherSubject { get; } = ErrorObject.BadRequest("sub (Subject) claim mismatch between ID token and UserInfo endpoint");

    /// <summary>RFC 9207, 2.4: the answer is another provider's than the one that was asked.</summary>
    public static ErrorObject OtherIssuer { get; } =
        ErrorObject.BadRequest("Unable to complete OpenID Connect flow because the answer came from another OpenID Provider than the one that was asked.");

    public static ErrorObject NoSubject { get; } = Upstream("provider did not return a subject");

    public static ErrorObject NoIssuer { get; } = Upstream("issuer not set in claims");

    public static ErrorObject Unreachable { get; } = Upstream("The OpenID Connect provider could not be reached.");

    public static ErrorObject UnusableAnswer { get; } = Upstream("The OpenID Connect provider returned an answer that cannot be used.");

    /// <summary>The contract's error here is the text of the origin's library, with the provider's own text in it.</summary>
    public static ErrorObject CodeRefused { get; } = new() { Code = 500, Message = "The OpenID Connect provider did not exchange the authorization code." };

    public static ErrorObject IdTokenRefused(string why) => ErrorObject.BadRequest($"The id_token of the OpenID Connect provider was not accepted: {why}.");

    public static ErrorObject SubmittedIdTokenRefused(string why) => new() { Code = 403, Message = why, Reason = "Could not verify id_token" };

    public static ErrorObject SubmittedIdTokenWithoutSubject { get; } = new() { Code = 403, Message = "The requested action was forbidden", Reason = "The id_token claims were invalid" };

    public static ErrorObject Status(int status) => Upstream($"OpenID Connect provider returned a {status} status code but 200 is expected.");

    public static ErrorObject Upstream(string reason) => new() { Id = "upstream_error", Code = 502, Message = "Upstream error", Reason = reason };

    public static ErrorObject Configuration(string reason) => new() { Id = "invalid_configuration", Code = 500, Message = "Invalid configuration", Reason = reason };

    public static ErrorObject Discovery(string why) => Configuration($"Unable to initialize OpenID Connect Provider: {why}");
}
