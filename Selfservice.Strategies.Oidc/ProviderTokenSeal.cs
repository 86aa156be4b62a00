using Microsoft.Extensions.Options;
using Selfservice.Secrets;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc;

/// <summary>Seals the tokens of providers before they are kept, each bound to its account, so that a copy of the database opens nobody's account elsewhere.</summary>
internal sealed class ProviderTokenSeal(SecretSealer sealer, IOptions<OidcOptions> options)
{
    private const string Purpose = "oidc_token";

    /// <summary>The account with its tokens, sealed; without them where the host has no use for them.</summary>
    public LinkedAccount Seal(LinkedAccount account, ProviderTokens? tokens) => tokens is null || !options.Value.Config.StoreTokens
        ? account
        : account with { IdToken = Seal(account, tokens.IdToken), AccessToken = Seal(account, tokens.AccessToken), RefreshToken = Seal(account, tokens.RefreshToken) };

    /// <summary>The account with its tokens as the provider gave them; empty for what no key opens any more.</summary>
    public LinkedAccount Open(LinkedAccount account) =>
        account with { IdToken = Open(account, account.IdToken), AccessToken = Open(account, account.AccessToken), RefreshToken = Open(account, account.RefreshToken) };

    private string Seal(LinkedAccount account, string? token) => string.IsNullOrEmpty(token) ? "" : sealer.Seal(Purpose, Owner(account), token);

    private string Open(LinkedAccount account, string token) => token.Length == 0 ? "" : sealer.Open(Purpose, Owner(account), token) ?? "";

    private static string Owner(LinkedAccount account) => OidcCredential.Identifier(account.Provider, account.Subject);
}
