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
        Show(form, JsonNode.Parse(form.Identity.Traits.GetRawText()) as JsonObject ?? []);
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

    public void Remember(SettingsForm form, Submission submission) => Show(form, TraitsForm.Read(submission, form.Schema, out _));

    /// <summary>Puts an input for every trait that the schema has, and for every value that the traits have beyond those, in place of what the form showed.</summary>
    private static void Show(SettingsForm form, JsonObject traits)
    {
        form.Ui.Nodes.RemoveAll(n => n.Key == "traits" || n.Key.StartsWith("traits.", StringComparison.Ordinal));
        var values = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        Collect("traits", traits, values);
        foreach (var field in form.Schema.TraitFields)
        {
            values.Remove(field.Path, out var value);
            form.Ui.Nodes.Add(field.ToNode().WithValue(value?.DeepClone()) with { Group = Group });
        }

        foreach (var (path, value) in values)
            form.Ui.Nodes.Add(UiNode.Input(Group, new() { Name = path, Type = InputTypeOf(value), Value = value.DeepClone() }));
    }

    private static void Collect(string path, JsonNode node, Dictionary<string, JsonValue> values)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members)
                    if (member is not null)
                        Collect($"{path}.{name}", member, values);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                    if (items[i] is { } item)
                        Collect($"{path}.{i}", item, values);
                break;
            case JsonValue value:
                values[path] = value;
                break;
        }
    }

    private static string InputTypeOf(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => InputType.Number,
        JsonValueKind.True or JsonValueKind.False => InputType.Checkbox,
        _ => InputType.Text,
    };
}
