using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Storage;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Login;

/// <summary>The first step of a login that asks for the identifier first. It proves nothing; it only decides what is asked for next.</summary>
internal sealed class IdentifierFirstStrategy(IStore store, IOptions<SelfserviceOptions> options, IServiceProvider services) : ILoginStrategy
{
    private static readonly NodeGroup Group = new("identifier_first");

    public MethodId Id { get; } = new("identifier_first");

    public bool IsEnabled => options.Value.Flows.Login.Style == LoginStyle.IdentifierFirst;

    public int NodeOrder => -1;

    /// <summary>Whatever names no other method is taken for an identifier.</summary>
    public Claim Claims(Submission submission) => IsEnabled && !Others().Any(s => s.Id.Name == submission.Method) ? Claim.Submit : Claim.None;

    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken)
    {
        if (form.Stage != LoginStage.Identification)
            return ValueTask.CompletedTask;
        form.Ui.Nodes.Add(UiNode.Input(
            Group,
            new InputAttributes { Name = "identifier", Type = InputType.Text, Value = JsonValue.Create(""), Required = true, Autocomplete = "username webauthn" },
            form.Schema.IdentifierLabel));
        form.Ui.Nodes.Add(UiNode.Submit(Group, "method", Id.Name, FlowMessages.Continue));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        var flow = submission.Flow;
        var identifier = submission.Submission.Text("identifier") ?? "";
        var conceals = options.Value.Security.AccountEnumeration.Mitigate;
        var identity = await FindAsync(identifier, cancellationToken).ConfigureAwait(false);

        // The step may be repeated: what it added before goes first, so that nothing is shown twice.
        var before = flow.Ui.Nodes.ToArray();
        flow.Ui.Nodes.RemoveAll(n => n.Group != Group && n.Group != NodeGroup.Default && Others().Any(s => s.NodeGroup == n.Group && !IsIndependent(n)));
        var count = flow.Ui.Nodes.Count;
        if (identity is not null || conceals)
        {
            var form = new LoginForm(flow, LoginStage.Proof, submission.Schema, identity, conceals);
            foreach (var strategy in Others().Where(s => s is { IsEnabled: true, IsSecondFactor: false }))
                await strategy.AddNodesAsync(form, cancellationToken).ConfigureAwait(false);
        }

        if (flow.Ui.Nodes.Count == count && !conceals)
        {
            flow.Ui.Nodes.Clear();
            foreach (var node in before)
                flow.Ui.Nodes.Add(node);
            flow.Ui.SetValue("identifier", JsonValue.Create(identifier));
            return new StrategyResult<Authentication>.Rejected(new FieldMessage("identifier", LoginMessages.UnknownAccount));
        }

        flow.Ui.ClearMessages();
        flow.Ui.Nodes.RemoveAll(n => n.Group == Group && n.Key == "method");
        if (flow.Ui.Nodes.IndexOf("identifier") is var at and >= 0)
            flow.Ui.Nodes[at] = flow.Ui.Nodes[at].Hidden().WithValue(JsonValue.Create(identifier));
        flow.Active = Id;
        return new StrategyResult<Authentication>.Pending();
    }

    /// <summary>Methods that know nothing of the identifier, as social sign-in, offer their buttons in the first step; those stay.</summary>
    private static bool IsIndependent(UiNode node) => node.Key == "provider";

    private async Task<Identity?> FindAsync(string identifier, CancellationToken cancellationToken)
    {
        if (identifier.Length == 0)
            return null;
        var normalized = IdentifierNormalizer.Normalize(identifier);
        return await store.ReadAsync(
            async (scope, token) =>
            {
                foreach (var strategy in Others())
                {
                    if (await scope.Identities.FindByIdentifierAsync(new(strategy.Id.Name), normalized, token).ConfigureAwait(false) is { } identity)
                        return identity;
                }

                return null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private IEnumerable<ILoginStrategy> Others() =>
        (services.GetService(typeof(IEnumerable<IStrategy>)) as IEnumerable<IStrategy> ?? []).OfType<ILoginStrategy>().Where(s => s.Id != Id);
}
