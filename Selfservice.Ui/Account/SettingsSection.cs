using Selfservice.Flows;
using Selfservice.Hooks;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Settings;

namespace Selfservice.Ui.Account;

/// <summary>Notes which section of the settings page a change was made in, so that the page can say beside its button that it was saved.</summary>
internal sealed class SettingsSection : IFlowHook<SettingsDraft>
{
    private const string Member = "changed_section";
    private const string Profile = "profile";

    /// <summary>The group of the change that a flow has saved; null when it has saved none.</summary>
    public static NodeGroup? Of(SettingsFlow flow) => flow.State == FlowState.Success && flow.Context[Member] is { } group ? new((string)group!) : null;

    public ValueTask<HookVerdict> BeforeCommitAsync(SettingsDraft draft, CancellationToken cancellationToken)
    {
        draft.Flow.Context[Member] = Changed(draft.Before, draft.Identity);
        return ValueTask.FromResult(HookVerdict.Continue);
    }

    // A method's credentials and its nodes have the same name. A change of traits changes identifiers in credentials, too, so traits come first.
    private static string Changed(Identity before, Identity after)
    {
        if (before.Traits.GetRawText() != after.Traits.GetRawText())
            return Profile;
        return after.Credentials.Concat(before.Credentials).FirstOrDefault(c => !Has(before, c) || !Has(after, c))?.Type.Name ?? Profile;
    }

    private static bool Has(Identity identity, Credential credential) => identity.Credentials.Any(c => c.Type == credential.Type && c.Config.GetRawText() == credential.Config.GetRawText());
}
