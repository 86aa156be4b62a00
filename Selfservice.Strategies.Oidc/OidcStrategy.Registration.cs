using System.Text.Json;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Strategies.Oidc.Claims;
using Selfservice.Strategies.Oidc.Protocol;

namespace Selfservice.Strategies.Oidc;

/// <summary>Signing up.</summary>
internal sealed partial class OidcStrategy
{
    public ValueTask AddNodesAsync(RegistrationForm form, CancellationToken cancellationToken)
    {
        foreach (var provider in Offered)
            OidcNodes.Add(form.Ui, "provider", provider, OidcMessages.SignUp(provider.Label, provider.Id));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Enrollment>> RegisterAsync(RegistrationSubmission submission, CancellationToken cancellationToken)
    {
        var (flow, sent) = (submission.Flow, submission.Submission);
        switch (await ProveAsync(flow, sent, submission.Callback, submission.Proof, cancellationToken).ConfigureAwait(false))
        {
            case null when sent.Text("provider") is { } provider:
                return await BeginAsync<Enrollment>(provider, flow, sent, submission.Client, cancellationToken).ConfigureAwait(false);
            case null:
                return new StrategyResult<Enrollment>.Rejected(new FieldMessage("", RegistrationMessages.NoStrategy));
            case ProviderResult<ProvenAccount>.Failure failure:
                if (catalog.Find(sent.Text("provider") ?? "") is { } chosen)
                    OidcNodes.Reduce(flow, chosen);
                return Refused<Enrollment>(failure.Error);
            case ProviderResult<ProvenAccount>.Success { Value: var account }:
                return await SignUpAsync(submission, account, cancellationToken).ConfigureAwait(false);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask<StrategyResult<Enrollment>> SignUpAsync(RegistrationSubmission submission, ProvenAccount account, CancellationToken cancellationToken)
    {
        if (await FindOwnerAsync(account, cancellationToken).ConfigureAwait(false) is not null)
            return new StrategyResult<Enrollment>.Converted(FlowKind.Login, account);
        var (flow, schema) = (submission.Flow, submission.Schema);
        flow.Active = Id;
        switch (await account.Provider.MapAsync(account.Claims, flow.IdentitySchema, cancellationToken).ConfigureAwait(false))
        {
            case ProviderResult<MappedIdentity>.Failure failure:
                OidcNodes.Reduce(flow, account.Provider);
                return Refused<Enrollment>(failure.Error);
            case ProviderResult<MappedIdentity>.Success { Value: var mapped }:
                var traits = Merge(mapped.Traits, submission.Traits);
                var evaluation = schema.Evaluate(traits);
                if (!evaluation.IsValid)
                {
                    var group = shared.Value.FeatureFlags.LegacyOidcRegistrationNodeGroup ? OidcNodes.Group : NodeGroup.Default;
                    OidcNodes.Reduce(flow, account.Provider, schema, traits, group);
                    return new StrategyResult<Enrollment>.Rejected([.. evaluation.Violations.Select(v => new FieldMessage(v.NodeKey, v.Message))]);
                }

                return Enrolled(identities.Create(schema, traits, evaluation), mapped, account);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private StrategyResult<Enrollment>.Completed Enrolled(Identity identity, MappedIdentity mapped, ProvenAccount account)
    {
        var linked = seal.Seal(account.Account, account.Tokens);
        identity = WithAccount(identity, linked) with { MetadataPublic = Element(mapped.MetadataPublic), MetadataAdmin = Element(mapped.MetadataAdmin) };
        // Only an address that the schema derives from the traits is proven by it: who typed another one has to prove that.
        foreach (var (via, value) in mapped.VerifiedAddresses)
            identity = identity.WithProven(via, via == "email" ? value.Trim().ToLowerInvariant() : value, clock.GetUtcNow());
        return new(new(identity, Proof(account.Provider.Id, account.Provider.OrganizationId)) { Link = LinkData.Of(linked) });
    }

    private static JsonElement? Element(JsonObject? value) => value is null ? null : JsonSerializer.SerializeToElement(value);

    /// <summary>What the provider says, under what the person typed: that wins, member by member.</summary>
    private static JsonObject Merge(JsonObject mapped, JsonObject typed)
    {
        var merged = (JsonObject)mapped.DeepClone();
        foreach (var (name, value) in typed)
        {
            if (value is JsonObject inner)
                merged[name] = Merge(merged[name] as JsonObject ?? [], inner);
            else if (value is not null && !(value is JsonValue text && text.TryGetValue<string>(out var s) && s.Length == 0))
                merged[name] = value.DeepClone();
        }

        return merged;
    }
}
