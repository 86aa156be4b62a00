using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Strategies;

namespace Selfservice.Login;

/// <summary>Logins by which something is added to an account that is there already.</summary>
internal sealed partial class LoginFlows
{
    /// <summary>Begins a login to the account that has what somebody wanted to sign up with. The link is made when its owner signs in, not before.</summary>
    public async Task<FlowOutcome> OfferLinkAsync(FlowOutcome.Converted conversion, ClientContext client)
    {
        var (origin, offer) = (conversion.Origin, conversion.Link!);
        var flow = New(FlowInit.InPlaceOf(origin), client, AuthenticatorAssuranceLevel.Aal1);
        Inherit(flow, conversion);
        new PendingLink(conversion.Method, offer.Identifier, offer.Data).Keep(flow);
        // Whatever the style: the identifier is known, so it is one screen.
        var form = new LoginForm(flow, LoginStage.Combined, Services.SchemaOf(flow)) { Link = offer };
        foreach (var strategy in Enabled.Where(s => !s.IsSecondFactor && IsOffered(s, offer)))
            await strategy.AddNodesAsync(form, CancellationToken.None).ConfigureAwait(false);
        flow.Ui.Nodes.Upsert(UiNode.Input(
            NodeGroup.Default,
            new() { Name = "identifier", Type = InputType.Hidden, Value = JsonValue.Create(offer.Identifier), Required = true },
            form.Schema.IdentifierLabel));
        flow.Ui.AddMessage(Linking(conversion.Method).ExplainLink(offer, ReturnUrls.Absolute(Options.UiUrl, client.PublicUrl)));
        if (await StartAsync(flow, wantsExchangeCode: false, client, CancellationToken.None).ConfigureAwait(false) is not FlowOutcome.Created and var refused)
            return refused;
        flow.TransientPayload = TransientPayload(conversion.Submission) ?? [];
        return Delivered(flow, new FlowOutcome.FormShown(flow, IsStep: true) { PageQuery = "no_org_ui=true" }, client);
    }

    /// <summary>Where the form may show how the account is signed in to, it shows nothing else.</summary>
    private static bool IsOffered(ILoginStrategy strategy, LinkOffer offer) =>
        !offer.ShowsOwner || strategy is ILinkingStrategy || offer.CredentialTypes.Contains(strategy.Id.Name, StringComparer.Ordinal);

    private ILinkingStrategy Linking(MethodId method) => Enabled.OfType<ILinkingStrategy>().First(s => s.Id == method);

    /// <summary>Adds what the flow has been keeping to the account of who signed in. False when that is not the account it was meant for.</summary>
    private bool TryLink(LoginFlow flow, ClientContext client, ref Authentication completion)
    {
        if (PendingLink.Of(flow) is not { } link)
            return true;
        if (!link.IsMeantFor(completion.Identity))
            return false;
        // Who has only the first of two factors must not be able to add a way in that needs neither.
        if (!required.IsMet(SessionOf(flow, completion, client), completion.Identity))
            return true;
        var (identity, method) = Linking(link.Method).Link(completion.Identity, link.Data);
        completion = completion with { Identity = identity with { UpdatedAt = Services.Clock.GetUtcNow() }, LinkedFrom = completion.Identity, LinkedMethod = method };
        return true;
    }
}
