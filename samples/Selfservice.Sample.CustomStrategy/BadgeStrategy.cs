using Microsoft.Extensions.Options;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;

namespace Selfservice.Sample.CustomStrategy;

/// <summary>Signs people in with the number of their badge.</summary>
internal sealed class BadgeStrategy(IOptions<BadgeOptions> options, IStore store, TimeProvider clock) : ILoginStrategy
{
    private static readonly NodeGroup Group = new("badge");

    public MethodId Id { get; } = new("badge");

    public bool IsEnabled => options.Value.Enabled;

    /// <summary>Below the methods of the suite.</summary>
    public int NodeOrder => 1000;

    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken)
    {
        if (form.Stage != LoginStage.Combined)
            return ValueTask.CompletedTask;
        // A badge proves as much as a password, so it is not shown while it is typed.
        form.Ui.Nodes.Upsert(UiNode.Input(Group, new InputAttributes { Name = "badge", Type = InputType.Password, Required = true }, BadgeMessages.Label));
        form.Ui.Nodes.Upsert(UiNode.Submit(Group, "method", Id.Name, BadgeMessages.SignIn));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text("badge") is not { } number)
            return new StrategyResult<Authentication>.Rejected(new FieldMessage("badge", FlowMessages.Missing("badge")));
        if (number.Length > BadgeCredential.MaximumLength || await FindAsync(number, cancellationToken).ConfigureAwait(false) is not { } identity)
            return new StrategyResult<Authentication>.Rejected(new FieldMessage("", BadgeMessages.UnknownBadge));
        return new StrategyResult<Authentication>.Completed(
            new(identity, new AuthenticationMethod { Method = Id.Name, Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow() }));
    }

    private Task<Identity?> FindAsync(string number, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(BadgeCredential.Type, BadgeCredential.Identifier(number), token), cancellationToken);
}
