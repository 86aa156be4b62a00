using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Settings;

/// <summary>A settings form that methods add their nodes to.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Schema">The schema that the identity follows.</param>
/// <param name="Identity">Whose account it is, with credentials.</param>
public sealed record SettingsForm(SettingsFlow Flow, IdentitySchema Schema, Identity Identity)
{
    /// <summary>The form's container.</summary>
    public UiContainer Ui => Flow.Ui;
}

/// <summary>A submitted change.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Schema">The schema that the identity follows.</param>
/// <param name="Identity">The account as it is, with credentials.</param>
/// <param name="IsPrivileged">Whether its owner proved lately who they are. A method that changes what signs in answers <see cref="StrategyResult{T}.Unprivileged"/> where this is false.</param>
public sealed record SettingsSubmission(SettingsFlow Flow, Submission Submission, ClientContext Client, IdentitySchema Schema, Identity Identity, bool IsPrivileged)
{
    /// <summary>What the browser brought back from where the method had sent it; <see cref="Submission"/> is then what was sent before it left. Null for a submission of its own.</summary>
    public Callback? Callback { get; init; }
}

/// <summary>A change that may be saved. The engine asks for a fresh proof by itself where it touches credentials or addresses.</summary>
/// <param name="Identity">The account as it is to be, with credentials.</param>
public sealed record SettingsChange(Identity Identity)
{
    /// <summary>Whether the identity's other sessions end with it where the host has not switched that off: true for what somebody else may have known.</summary>
    public bool EndsOtherSessions { get; init; }

    /// <summary>How the owner proved who they are with this change; the session counts it from then on. Null where the change proves nothing.</summary>
    public AuthenticationMethod? Proof { get; init; }
}

/// <summary>A method that lets people change something about their account.</summary>
public interface ISettingsStrategy : IStrategy
{
    /// <summary>Adds what can be changed.</summary>
    ValueTask AddNodesAsync(SettingsForm form, CancellationToken cancellationToken);

    /// <summary>Looks at a submission that the method claimed.</summary>
    ValueTask<StrategyResult<SettingsChange>> ChangeAsync(SettingsSubmission submission, CancellationToken cancellationToken);

    /// <summary>Shows again what was typed, except secrets, when a submission that the method claimed is refused.</summary>
    void Remember(SettingsForm form, Submission submission)
    {
    }
}
