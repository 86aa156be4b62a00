using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc.Providers;

/// <summary>What the settings of a provider have to fulfil.</summary>
/// <param name="isDevelopment">Whether addresses without HTTPS may be anywhere; else only on this machine.</param>
/// <param name="programs">What loads mapping programs; null for nothing.</param>
internal sealed class ProviderRules(bool isDevelopment, IClaimsPrograms? programs)
{
    /// <summary>What is wrong, as the rests of sentences that begin with the provider.</summary>
    public IEnumerable<string> Faults(ProviderOptions provider, ProviderKind kind) =>
        [.. Identity(provider), .. Proof(provider, kind), .. Addresses(provider, kind), .. OfOtherKinds(provider, kind), .. Mapping(provider), .. kind.Faults(provider)];

    private static IEnumerable<string> Identity(ProviderOptions provider)
    {
        if (provider.Id.Length is 0 or > 100 || !provider.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            yield return "needs an Id of letters, digits, -, _ and .";
        if (provider.ClientId.Length == 0)
            yield return "needs the ClientId that the provider gave this host";
        if (provider.AccountLinkingMode == AccountLinkingMode.Automatic)
            yield return "has the AccountLinkingMode automatic, which would open accounts to whoever gets hold of their address; remove it: people link an account by signing in to it";
    }

    private static IEnumerable<string> Proof(ProviderOptions provider, ProviderKind kind)
    {
        var takesSecret = provider.TokenEndpointAuth is not (TokenEndpointAuth.PrivateKeyJwt or TokenEndpointAuth.None);
        if (takesSecret && kind.NeedsClientSecret && provider.ClientSecret.Length == 0)
            yield return "needs the ClientSecret that the provider gave this host; or set TokenEndpointAuth to private_key_jwt, or to none for a public client";
        if (provider.TokenEndpointAuth == TokenEndpointAuth.PrivateKeyJwt && !new ClientKey(provider.ClientPrivateKey, "").IsUsable)
            yield return "needs a ClientPrivateKey for private_key_jwt: RSA or EC, with the line BEGIN PRIVATE KEY";
        if (provider.TokenEndpointAuth != TokenEndpointAuth.PrivateKeyJwt && provider.ClientPrivateKey.Length > 0)
            yield return "has a ClientPrivateKey that is not used; set TokenEndpointAuth to private_key_jwt, or remove it";
        if (provider is { TokenEndpointAuth: TokenEndpointAuth.None, Pkce: PkceMode.Never })
            yield return "is a public client without the proof key that would protect it; remove Pkce never";
    }

    private IEnumerable<string> Addresses(ProviderOptions provider, ProviderKind kind)
    {
        if (kind.IssuerOf(provider).Length == 0 && (kind.IsOpenId || kind.AuthorizationEndpoint.Contains("{issuer}", StringComparison.Ordinal)))
            yield return "needs the IssuerUrl of the provider";
        foreach (var (name, value) in new[] { ("IssuerUrl", provider.IssuerUrl), ("AuthUrl", provider.AuthUrl), ("TokenUrl", provider.TokenUrl) })
        {
            if (value.Length > 0 && !IsProtected(value))
                yield return $"has the {name} \"{value}\"; write an address that begins with https:// (http:// is for this machine, and for Development)";
        }
    }

    private bool IsProtected(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (isDevelopment || uri.IsLoopback)));

    private static IEnumerable<string> OfOtherKinds(ProviderOptions provider, ProviderKind kind)
    {
        if (kind.Name != "microsoft" && (provider.MicrosoftTenant.Length > 0 || provider.SubjectSource != SubjectSource.Userinfo))
            yield return "has a MicrosoftTenant or SubjectSource, which only the kind microsoft knows; remove it";
        if (kind.Name != "apple" && (provider.AppleTeamId.Length > 0 || provider.ApplePrivateKeyId.Length > 0 || provider.ApplePrivateKey.Length > 0))
            yield return "has settings of Apple, which only the kind apple knows; remove them";
        if (!kind.IsOpenId && (provider.ClaimsSource != ClaimsSource.IdToken || provider.AcceptIdTokens || provider.AdditionalIdTokenAudiences.Count > 0))
            yield return $"has settings for ID tokens, which the kind {kind.Name} does not have; remove ClaimsSource, AcceptIdTokens and AdditionalIdTokenAudiences";
    }

    private IEnumerable<string> Mapping(ProviderOptions provider)
    {
        if ((provider.Mapping is null ? 0 : 1) + (provider.Map.Count > 0 ? 1 : 0) + (provider.MapperUrl.Length > 0 ? 1 : 0) > 1)
            yield return "has more than one of MapClaims, Map and MapperUrl; keep one";
        foreach (var fault in ClaimTarget.Faults(provider.Map))
            yield return "has rules that do not work: " + fault;
        if (provider.MapperUrl.Length == 0)
            yield break;
        if (programs is null)
            yield return "has a MapperUrl, but nothing runs it; add the package Selfservice.Strategies.Oidc.Jsonnet and call AddOidcJsonnet(), or use Map";
        else if (Explain(programs, provider.MapperUrl) is { } why)
            yield return $"has a MapperUrl that {why}";
    }

    private static string? Explain(IClaimsPrograms programs, string url)
    {
        try
        {
            _ = programs.Load(url);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
