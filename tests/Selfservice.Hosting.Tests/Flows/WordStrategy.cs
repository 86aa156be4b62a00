using System.Text.Json;
using Selfservice.Administration;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;

namespace Selfservice.Hosting.Tests.Flows;

/// <summary>The plainest second factor: whoever says the word. It stands for methods from outside the suite.</summary>
internal sealed class WordStrategy(IStore store, TimeProvider clock) : ILoginStrategy, ICredentialStrategy, ICredentialImporter
{
    public MethodId Id { get; } = new("word");

    public bool IsEnabled => true;

    public int NodeOrder => 1000;

    public bool IsSecondFactor => true;

    public CredentialType CredentialType { get; } = new("word");

    public int CountFirstFactors(Credential credential) => 0;

    public int CountSecondFactors(Credential credential) => 1;

    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken)
    {
        form.Ui.Nodes.Upsert(UiNode.Submit(new("word"), "method", "word", LoginMessages.SignIn));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Login.Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        var owner = await store.ReadAsync((scope, token) => scope.Identities.FindAsync(submission.Client.Session!.IdentityId, withCredentials: true, token), cancellationToken);
        return new StrategyResult<Login.Authentication>.Completed(new(owner!, new() { Method = "word", Aal = AuthenticatorAssuranceLevel.Aal2, CompletedAt = clock.GetUtcNow() }));
    }

    public ValueTask<(Credential? Credential, string? Fault)> ImportAsync(JsonElement config, Credential before, CancellationToken cancellationToken) =>
        ValueTask.FromResult<(Credential?, string?)>((before with { Config = config }, null));
}
