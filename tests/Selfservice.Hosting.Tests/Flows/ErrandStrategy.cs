using System.Text.Json.Nodes;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Sessions;
using Selfservice.Storage;
using Selfservice.Strategies;

namespace Selfservice.Hosting.Tests.Flows;

/// <summary>
/// The plainest method that sends browsers elsewhere and takes them back: whoever returns with a name has it. Made of the public API alone, it stands for methods from outside the suite.
/// </summary>
internal sealed class ErrandStrategy(IStore store, IdentityFactory identities, TimeProvider clock) : ILinkingStrategy, IRegistrationStrategy, ICallbackStrategy, ICredentialStrategy
{
    public const string Elsewhere = "https://elsewhere.example/?ticket=";

    public MethodId Id { get; } = new("errand");

    public bool IsEnabled => true;

    public int NodeOrder => 1000;

    public CredentialType CredentialType { get; } = new("errand");

    public int CountFirstFactors(Credential credential) => credential.Identifiers.Count;

    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken) => AddAsync(form.Ui);

    public ValueTask AddNodesAsync(RegistrationForm form, CancellationToken cancellationToken) => AddAsync(form.Ui);

    private ValueTask AddAsync(UiContainer ui)
    {
        ui.Nodes.Upsert(UiNode.Submit(new("errand"), "method", Id.Name, LoginMessages.SignIn));
        return ValueTask.CompletedTask;
    }

    /// <summary>The ticket is the flow's kind and id; what makes it the browser's is its cookie.</summary>
    public ValueTask<CallbackTarget> FindFlowAsync(Callback callback, CancellationToken cancellationToken) => ValueTask.FromResult<CallbackTarget>(
        callback.Text("ticket")?.Split('.') is [var kind, var id] && Guid.TryParse(id, out var flowId)
            ? new CallbackTarget.Found(new(kind), flowId)
            : new CallbackTarget.Refused(ErrorObject.BadRequest("There is no such ticket.")));

    public GuardVerdict Check(Flow flow, Callback callback, ClientContext client) =>
        (string?)flow.Context["errand"] is not { } token || client.ContinuityToken != token ? new GuardVerdict.Refuse(ErrorObject.BadRequest("This browser was not sent away."))
            : callback.Text("name") is null ? new GuardVerdict.Explain(FlowMessages.Generic("You came back without a name."))
            : new GuardVerdict.Pass();

    public async ValueTask<StrategyResult<Login.Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        if (NameOf(submission.Callback, submission.Proof) is not { } name)
            return Leave<Login.Authentication>(submission.Flow);
        return await FindAsync(name, cancellationToken) is { } owner
            ? new StrategyResult<Login.Authentication>.Completed(new(owner, Proof()))
            : new StrategyResult<Login.Authentication>.Converted(FlowKind.Registration, name);
    }

    public async ValueTask<StrategyResult<Enrollment>> RegisterAsync(RegistrationSubmission submission, CancellationToken cancellationToken)
    {
        if (NameOf(submission.Callback, submission.Proof) is not { } name)
            return Leave<Enrollment>(submission.Flow);
        if (await FindAsync(name, cancellationToken) is not null)
            return new StrategyResult<Enrollment>.Converted(FlowKind.Login, name);
        if (!submission.Evaluation.IsValid)
            return new StrategyResult<Enrollment>.Rejected([.. submission.TraitFaults]);
        var identity = identities.Create(submission.Schema, submission.Traits, submission.Evaluation);
        return new StrategyResult<Enrollment>.Completed(new(With(identity, name), Proof()) { Link = new JsonObject { ["name"] = name } });
    }

    public Message ExplainLink(LinkOffer offer, string loginUrl) => FlowMessages.Generic($"Somebody has {offer.Identifier} already.");

    public (Identity Identity, AuthenticationMethod Method) Link(Identity identity, JsonObject data) => (With(identity, (string)data["name"]!), Proof());

    private static string? NameOf(Callback? callback, object? proof) => callback?.Text("name") ?? (string?)proof;

    private static StrategyResult<T>.External Leave<T>(Flow flow)
    {
        var token = $"token-of-{flow.Id}";
        flow.Context["errand"] = token;
        return new($"{Elsewhere}{flow.Kind}.{flow.Id}") { ContinuityToken = token };
    }

    private Identity With(Identity identity, string name) => identities.WithCredential(identity, new Credential { Type = CredentialType, Identifiers = [name] });

    private Task<Identity?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(CredentialType, name, token), cancellationToken);

    private AuthenticationMethod Proof() => new() { Method = Id.Name, Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow() };
}
