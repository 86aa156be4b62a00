using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Selfservice.Administration;
using Selfservice.Errors;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Login;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Settings;
using Selfservice.Storage;
using Selfservice.Strategies.Password.Hashing;
using Selfservice.Strategies.Password.Policy;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Password;

/// <summary>Signs people in and up with an identifier and a password.</summary>
internal sealed class PasswordStrategy(
    IOptions<PasswordOptions> options, IStore store, IPasswordHasher hasher, PasswordPolicy policy, IdentityFactory identities, FailedLogins failures, TimeProvider clock)
    : ILoginStrategy, IRegistrationStrategy, ISettingsStrategy, ICredentialStrategy, ICredentialImporter
{
    private static readonly NodeGroup Group = new("password");

    public MethodId Id { get; } = new("password");

    public bool IsEnabled => options.Value.Enabled;

    public int NodeOrder => 600;

    public bool MixesWithShared => true;

    public CredentialType CredentialType => PasswordCredential.Type;

    public int CountFirstFactors(Credential credential) => credential.Identifiers.Any(i => i.Length > 0) && PasswordCredential.ReadHash(credential) is not null ? 1 : 0;

    public ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken)
    {
        var hasPassword = form.Identity?.Credential(PasswordCredential.Type) is { } credential && CountFirstFactors(credential) > 0;
        switch (form.Stage)
        {
            case LoginStage.Combined:
                form.Ui.Nodes.Upsert(UiNode.Input(
                    NodeGroup.Default,
                    new InputAttributes { Name = "identifier", Type = InputType.Text, Value = JsonValue.Create(""), Required = true },
                    form.Schema.IdentifierLabel));
                AddPassword(form.Ui, "current-password", PasswordMessages.SignIn);
                break;
            case LoginStage.Proof when hasPassword || form.ConcealsExistence:
                AddPassword(form.Ui, "current-password", PasswordMessages.SignIn);
                break;
            case LoginStage.Refresh when hasPassword:
                var identifier = form.Identity!.Credential(PasswordCredential.Type)!.Identifiers[0];
                form.Ui.Nodes.Upsert(UiNode.Input(NodeGroup.Default, new InputAttributes { Name = "identifier", Type = InputType.Hidden, Value = JsonValue.Create(identifier) }));
                AddPassword(form.Ui, "current-password", LoginMessages.SignIn);
                break;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AddNodesAsync(RegistrationForm form, CancellationToken cancellationToken)
    {
        if (form.Stage != RegistrationStage.Profile)
            AddPassword(form.Ui, "new-password", RegistrationMessages.SignUp);
        return ValueTask.CompletedTask;
    }

    public ValueTask AddNodesAsync(SettingsForm form, CancellationToken cancellationToken)
    {
        AddPassword(form.Ui, "new-password", SettingsMessages.Save);
        return ValueTask.CompletedTask;
    }

    private void AddPassword(UiContainer ui, string autocomplete, Message submit)
    {
        ui.Nodes.Upsert(UiNode.Input(Group, new InputAttributes { Name = "password", Type = InputType.Password, Required = true, Autocomplete = autocomplete }, PasswordMessages.Label));
        ui.Nodes.Upsert(UiNode.Submit(Group, "method", Id.Name, submit));
    }

    public async ValueTask<StrategyResult<Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken)
    {
        var sent = submission.Submission;
        var identifier = Identifier(sent);
        var password = sent.Text("password");
        var missing = new List<FieldMessage>();
        if (identifier is null)
            missing.Add(new("identifier", FlowMessages.Missing("identifier")));
        if (password is null)
            missing.Add(new("password", FlowMessages.Missing("password")));
        if (missing.Count > 0)
            return new StrategyResult<Authentication>.Rejected([.. missing]);
        try
        {
            return await AuthenticateAsync(identifier!, password!, submission.Client.Network, cancellationToken).ConfigureAwait(false);
        }
        catch (HashingOverloadedException e)
        {
            return new StrategyResult<Authentication>.Failed(Overloaded(e));
        }
    }

    public void Remember(UiContainer ui, Submission submission) => ui.SetValue("identifier", JsonValue.Create(Identifier(submission) ?? ""));

    /// <summary>Pages written for version 0.7 send the older name.</summary>
    private static string? Identifier(Submission submission) => submission.Text("identifier") ?? submission.Text("password_identifier");

    private async ValueTask<StrategyResult<Authentication>> AuthenticateAsync(string identifier, string password, string? network, CancellationToken cancellationToken)
    {
        var normalized = IdentifierNormalizer.Normalize(identifier);
        if (!await failures.MayTryAsync(normalized, network, cancellationToken).ConfigureAwait(false))
            return TooManyFailures;
        var authentication = await VerifyAsync(normalized, password, cancellationToken).ConfigureAwait(false);
        if (!await failures.CountAsync(normalized, network, authentication is not null, cancellationToken).ConfigureAwait(false))
            return TooManyFailures;
        return authentication is not null
            ? new StrategyResult<Authentication>.Completed(authentication)
            : new StrategyResult<Authentication>.Rejected(new FieldMessage("", LoginMessages.InvalidCredentials));
    }

    private async ValueTask<Authentication?> VerifyAsync(string normalized, string password, CancellationToken cancellationToken)
    {
        var identity = await store.ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(PasswordCredential.Type, normalized, token), cancellationToken).ConfigureAwait(false);
        var credential = identity?.Credential(PasswordCredential.Type);
        if (identity is null || PasswordCredential.ReadHash(credential) is not { } hash)
        {
            // Nobody may learn from the time of the answer who has an account.
            await hasher.VerifyDummyAsync(password, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var verification = await hasher.VerifyAsync(password, hash, cancellationToken).ConfigureAwait(false);
        if (verification == PasswordVerification.Failed)
            return null;
        var authentication = new Authentication(identity, Proof());
        if (verification != PasswordVerification.SuccessRehashNeeded)
            return authentication;
        var stronger = await hasher.HashAsync(password, cancellationToken).ConfigureAwait(false);
        return authentication with { UpgradedCredential = credential! with { Config = PasswordCredential.Config(stronger), UpdatedAt = clock.GetUtcNow() } };
    }

    public async ValueTask<StrategyResult<Enrollment>> RegisterAsync(RegistrationSubmission submission, CancellationToken cancellationToken)
    {
        var faults = submission.TraitFaults.ToList();
        var password = submission.Submission.Text("password");
        if (password is null)
            faults.Insert(0, new("password", FlowMessages.Missing("password")));
        if (faults.Count > 0)
            return new StrategyResult<Enrollment>.Rejected([.. faults]);
        var identifiers = submission.Evaluation.Identifiers.GetValueOrDefault(PasswordCredential.Type.Name) ?? [];
        if (identifiers.Count == 0)
            return new StrategyResult<Enrollment>.Rejected(new FieldMessage("", RegistrationMessages.NoIdentifier));
        try
        {
            if (await policy.CheckAsync(password!, identifiers, cancellationToken).ConfigureAwait(false) is { } violation)
            {
                return PasswordMessages.For(violation) is { } message
                    ? new StrategyResult<Enrollment>.Rejected(new FieldMessage("password", message))
                    : new StrategyResult<Enrollment>.Failed(BreachCheckUnavailable);
            }

            var hash = await hasher.HashAsync(password!, cancellationToken).ConfigureAwait(false);
            var identity = identities.Create(submission.Schema, submission.Traits, submission.Evaluation);
            return new StrategyResult<Enrollment>.Completed(new(identities.WithCredential(identity, PasswordCredential.Type, PasswordCredential.Config(hash)), Proof()));
        }
        catch (HashingOverloadedException e)
        {
            return new StrategyResult<Enrollment>.Failed(Overloaded(e));
        }
    }

    public async ValueTask<StrategyResult<SettingsChange>> ChangeAsync(SettingsSubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text("password") is not { } password)
            return new StrategyResult<SettingsChange>.Rejected(new FieldMessage("password", FlowMessages.Missing("password")));
        if (!submission.IsPrivileged)
            return new StrategyResult<SettingsChange>.Unprivileged();
        var identifiers = submission.Schema.Evaluate(submission.Identity.Traits).Identifiers.GetValueOrDefault(PasswordCredential.Type.Name) ?? [];
        if (identifiers.Count == 0)
            return new StrategyResult<SettingsChange>.Rejected(new FieldMessage("", RegistrationMessages.NoIdentifier));
        try
        {
            if (await policy.CheckAsync(password, identifiers, cancellationToken).ConfigureAwait(false) is { } violation)
            {
                return PasswordMessages.For(violation) is { } message
                    ? new StrategyResult<SettingsChange>.Rejected(new FieldMessage("password", message))
                    : new StrategyResult<SettingsChange>.Failed(BreachCheckUnavailable);
            }

            if (PasswordCredential.ReadHash(submission.Identity.Credential(PasswordCredential.Type)) is { } old
                && await hasher.VerifyAsync(password, old, cancellationToken).ConfigureAwait(false) != PasswordVerification.Failed)
            {
                return new StrategyResult<SettingsChange>.Rejected(new FieldMessage("password", PasswordMessages.SameAsOld));
            }

            var hash = await hasher.HashAsync(password, cancellationToken).ConfigureAwait(false);
            // Whoever knew the old password may be signed in with it.
            return new StrategyResult<SettingsChange>.Completed(new(identities.WithCredential(submission.Identity, PasswordCredential.Type, PasswordCredential.Config(hash))) { EndsOtherSessions = true });
        }
        catch (HashingOverloadedException e)
        {
            return new StrategyResult<SettingsChange>.Failed(Overloaded(e));
        }
    }

    public async ValueTask<(Credential? Credential, string? Fault)> ImportAsync(JsonElement config, Credential before, CancellationToken cancellationToken)
    {
        if (config.ValueKind != JsonValueKind.Object)
            return (null, "The password credential's config must be an object.");
        if (config.TryGetProperty("hashed_password", out var hashed) && hashed.ValueKind == JsonValueKind.String && hashed.GetString() is { Length: > 0 } hash)
            return (before with { Config = PasswordCredential.Config(hash) }, null);
        return config.TryGetProperty("password", out var password) && password.ValueKind == JsonValueKind.String && password.GetString() is { Length: > 0 } text
            ? PasswordText.IsUsable(text)
                ? (before with { Config = PasswordCredential.Config(await hasher.HashAsync(text, cancellationToken).ConfigureAwait(false)) }, null)
                : (null, "The password is longer than 1,024 bytes, or no valid Unicode text.")
            : (before, null);
    }

    /// <summary>The identifiers stay: they follow from the traits.</summary>
    public (Credential? Credential, ErrorObject? Error) Remove(Credential credential, string? identifier) => (credential with { Config = Credential.EmptyConfig }, null);

    private static StrategyResult<Authentication> TooManyFailures => new StrategyResult<Authentication>.Rejected(new FieldMessage("", PasswordMessages.TooManyFailures));

    private AuthenticationMethod Proof() => new() { Method = Id.Name, Aal = AuthenticatorAssuranceLevel.Aal1, CompletedAt = clock.GetUtcNow() };

    private static ErrorObject Overloaded(HashingOverloadedException e) => new()
    {
        Code = 503,
        Message = "The service is busy, please try again shortly.",
        RetryAfter = e.RetryAfter,
    };

    private static ErrorObject BreachCheckUnavailable { get; } = new() { Id = "upstream_error", Code = 502, Message = "Leaked password server unavailable" };
}
