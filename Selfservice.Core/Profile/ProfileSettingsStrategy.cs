using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Settings;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Profile;

/// <summary>Lets people change their traits. What is submitted replaces all of them.</summary>
internal sealed class ProfileSettingsStrategy(IOptions<ProfileOptions> options, IdentityFactory identities) : ISettingsStrategy
{
    private static readonly NodeGroup Group = new("profile");

    public MethodId Id { get; } = new("profile");

    public bool IsEnabled => options.Value.Enabled;

    public int NodeOrder => 300;

    public ValueTask AddNodesAsync(SettingsForm form, CancellationToken cancellationToken)
    {
        TraitInputs.Show(form.Ui, form.Schema, JsonNode.Parse(form.Identity.Traits.GetRawText()) as JsonObject ?? [], Group);
        form.Ui.Nodes.Add(UiNode.Submit(Group, "method", Id.Name, SettingsMessages.Save));
        return ValueTask.CompletedTask;
    }

    public ValueTask<StrategyResult<SettingsChange>> ChangeAsync(SettingsSubmission submission, CancellationToken cancellationToken) => ValueTask.FromResult(Change(submission));

    private StrategyResult<SettingsChange> Change(SettingsSubmission submission)
    {
        var traits = TraitsForm.Read(submission.Submission, submission.Schema, out var fault);
        if (fault is not null)
            return new StrategyResult<SettingsChange>.Rejected(fault);
        var evaluation = submission.Schema.Evaluate(traits);
        if (!evaluation.IsValid)
            return new StrategyResult<SettingsChange>.Rejected([.. evaluation.Violations.Select(v => new FieldMessage(v.NodeKey, v.Message))]);
        var changed = submission.Identity with { Traits = JsonSerializer.SerializeToElement(traits, FlowJsonContext.Default.JsonObject) };
        return new StrategyResult<SettingsChange>.Completed(new(identities.WithDerived(changed, evaluation)));
    }

    public void Remember(SettingsForm form, Submission submission) =>
        TraitInputs.Show(form.Ui, form.Schema, TraitsForm.Read(submission, form.Schema, out _), Group);
}
