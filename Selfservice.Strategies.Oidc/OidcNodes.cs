using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Schemas;
using Selfservice.Strategies.Oidc.Providers;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Oidc;

/// <summary>The buttons of social sign-in.</summary>
internal static class OidcNodes
{
    public static NodeGroup Group { get; } = new("oidc");

    public static void Add(UiContainer ui, string name, Provider provider, Message label) => ui.Nodes.Upsert(UiNode.Submit(Group, name, provider.Id, label));

    /// <summary>The buttons that fit a login form.</summary>
    /// <param name="form">The form.</param>
    /// <param name="providers">The providers that everybody may use.</param>
    public static void Add(LoginForm form, IReadOnlyList<Provider> providers)
    {
        if (form is { Stage: LoginStage.Proof, ConcealsExistence: true })
            return; // The list of the first step stays, or it would tell whether somebody has the identifier.
        var linked = OidcCredential.Usable((form.Identity ?? form.Link?.Owner)?.Credential(OidcCredential.Type)).Select(a => a.Provider).ToHashSet(StringComparer.Ordinal);
        var shown = form switch
        {
            { Link: { } link } => providers.Where(p => p.Id != LinkData.ProviderOf(link.Data) && (!link.ShowsOwner || linked.Contains(p.Id))),
            { Stage: LoginStage.Proof or LoginStage.Refresh } => providers.Where(p => linked.Contains(p.Id)),
            { Stage: LoginStage.SecondFactor } => [],
            _ => providers,
        };
        if (form.Stage == LoginStage.Proof)
            form.Ui.Nodes.RemoveAll(n => n.Group == Group);
        foreach (var provider in shown)
            Add(form.Ui, "provider", provider, form.Link is null ? OidcMessages.SignIn(provider.Label, provider.Id) : OidcMessages.Confirm(provider.Label));
    }

    /// <summary>Leaves of a registration form the one button that goes on at the provider that was chosen.</summary>
    public static void Reduce(RegistrationFlow flow, Provider provider)
    {
        flow.Ui.Nodes.Clear();
        Add(flow.Ui, "provider", provider, OidcMessages.Continue);
        flow.Ui.Nodes.Add(CsrfTokens.Node(flow));
    }

    /// <summary>The same, with inputs for the traits, as far as they are known.</summary>
    public static void Reduce(RegistrationFlow flow, Provider provider, IdentitySchema schema, JsonObject traits, NodeGroup group)
    {
        Reduce(flow, provider);
        TraitInputs.Show(flow.Ui, schema, traits, group);
    }
}
