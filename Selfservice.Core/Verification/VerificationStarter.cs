using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Settings;

namespace Selfservice.Verification;

/// <summary>What begins by itself with a change of addresses.</summary>
/// <param name="Identity">The identity as it is to be stored.</param>
/// <param name="Started">The verifications that begin.</param>
/// <param name="ShowsAlways">Whether clients are told of them, whatever the hooks say.</param>
/// <param name="Waits">Whether the change itself waits for the proof.</param>
internal sealed record VerificationPlan(Identity Identity, IReadOnlyList<StartedVerification> Started, bool ShowsAlways, bool Waits = false);

/// <summary>Begins verifications for addresses that nobody has proven yet.</summary>
internal sealed class VerificationStarter(IOptions<SelfserviceOptions> options, VerificationFlows verifications, ReturnUrls returnUrls, TimeProvider clock)
{
    private bool ForAll => options.Value.FeatureFlags.LegacyContinueWithVerificationUi;

    /// <summary>For a new identity, or one that signs in: every address that is not proven.</summary>
    public Task<VerificationPlan> PlanAsync(Identity identity, Flow origin, ReadOnlyMemory<byte> csrfSecret, ClientContext client, CancellationToken cancellationToken) =>
        StartAsync(identity, identity.VerifiableAddresses.Where(a => !a.Verified), origin, csrfSecret, client, cancellationToken);

    /// <summary>For a changed identity: every new address. Where changes wait for their proof, the identity keeps its addresses until then, and each verification carries the change.</summary>
    /// <param name="draft">The change.</param>
    /// <param name="isTaken">Whether somebody else has one of the addresses, which the one who changes must not learn.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<VerificationPlan> PlanAsync(SettingsDraft draft, bool isTaken, CancellationToken cancellationToken)
    {
        if (!Waits(draft))
        {
            var pending = draft.Identity.VerifiableAddresses.Where(a => a.Status == VerificationStatus.Pending);
            return await StartAsync(draft.Identity, pending, draft.Flow, draft.Flow.CsrfSecret, draft.Client, cancellationToken).ConfigureAwait(false);
        }

        var plan = await StartAsync(draft.Identity, Added(draft).Take(1), draft.Flow, draft.Flow.CsrfSecret, draft.Client, cancellationToken, isTaken).ConfigureAwait(false);
        foreach (var started in plan.Started)
            AddressChanges.Carry(started, draft.Before, draft.Identity, draft.Client.Session!);
        return plan with { Identity = draft.Before, ShowsAlways = true, Waits = true };
    }

    /// <summary>
    /// Whether a change waits until its new address is proven. An account that had no address yet gets its first one at once: there is nothing to protect. Unless nobody may learn who has an account:
    /// then a taken address is answered like a free one.
    /// </summary>
    public bool Waits(SettingsDraft draft) =>
        options.Value.Flows is { Settings.VerifyAddressChanges: true, Verification.Enabled: true }
        && (draft.Before.VerifiableAddresses.Count > 0 || options.Value.Security.AccountEnumeration.Mitigate)
        && Added(draft).Any();

    /// <summary>Whether a change that waits has more than one new address: one proof would let the others in unproven.</summary>
    public bool HasSeveralNewAddresses(SettingsDraft draft) => Waits(draft) && Added(draft).Skip(1).Any();

    private static IEnumerable<VerifiableAddress> Added(SettingsDraft draft) =>
        draft.Identity.VerifiableAddresses.Where(a => !draft.Before.VerifiableAddresses.Any(b => b.Via == a.Via && b.Value == a.Value));

    /// <summary>The page of a verification.</summary>
    public string PageOf(StartedVerification started, ClientContext client) => verifications.PageOf(started.Flow, client);

    private async Task<VerificationPlan> StartAsync(
        Identity identity, IEnumerable<VerifiableAddress> addresses, Flow origin, ReadOnlyMemory<byte> csrfSecret, ClientContext client, CancellationToken cancellationToken, bool isDecoy = false)
    {
        var started = new List<StartedVerification>();
        foreach (var address in (ForAll ? addresses : addresses.Take(1)).ToList())
        {
            if (await verifications.PrepareAsync(Init(origin, csrfSecret, client), identity, address, client, isDecoy, cancellationToken).ConfigureAwait(false) is not { } verification)
                break;
            identity = identity.WithSent(address.Via, address.Value, clock.GetUtcNow());
            started.Add(verification);
        }

        return new(identity, started, ForAll);
    }

    private FlowInit Init(Flow origin, ReadOnlyMemory<byte> csrfSecret, ClientContext client)
    {
        var (url, returnTo) = AfterVerification(origin, client);
        return new() { ClientType = origin.ClientType, RequestUrl = url, ReturnTo = returnTo, CsrfSecret = csrfSecret };
    }

    /// <summary>Where the verification leads is asked for when the flow before it begins, beside where that one leads.</summary>
    private (string Url, string? ReturnTo) AfterVerification(Flow origin, ClientContext client)
    {
        const string name = "after_verification_return_to=";
        var question = origin.RequestUrl.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return (origin.RequestUrl, origin.ReturnTo);
        var parameters = origin.RequestUrl[(question + 1)..].Split('&');
        var wanted = parameters.FirstOrDefault(p => p.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        if (wanted is null)
            return (origin.RequestUrl, origin.ReturnTo);
        var returnTo = Uri.UnescapeDataString(wanted.Replace('+', ' '));
        returnUrls.Resolve(returnTo, options.Value.DefaultBrowserReturnUrl, client.PublicUrl, out var forbidden);
        // Whoever wrote the link chose it, not who signs up: where it may not lead, the address can be proven all the same.
        if (forbidden is not null)
            return (origin.RequestUrl, origin.ReturnTo);
        var others = parameters.Where(p => !p.StartsWith(name, StringComparison.Ordinal) && !p.StartsWith("return_to=", StringComparison.Ordinal)).Append("return_to=" + wanted);
        return ($"{origin.RequestUrl[..question]}?{string.Join('&', others)}", returnTo);
    }
}
