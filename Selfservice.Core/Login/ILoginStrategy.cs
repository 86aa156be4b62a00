using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Login;

/// <summary>What a login form is to ask for.</summary>
public enum LoginStage
{
    /// <summary>The identifier and a proof, at once.</summary>
    Combined,

    /// <summary>Who it is, and nothing else: the first step of an identifier-first login.</summary>
    Identification,

    /// <summary>A proof for an identifier that is known: the second step of an identifier-first login.</summary>
    Proof,

    /// <summary>A proof by somebody who is signed in.</summary>
    Refresh,

    /// <summary>A second factor by somebody who is signed in.</summary>
    SecondFactor,
}

/// <summary>A login form that methods add their nodes to.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Stage">What is to be asked for.</param>
/// <param name="Schema">The schema of the identities that sign in here.</param>
/// <param name="Identity">Whose proof is asked for, with credentials; null while that is unknown.</param>
/// <param name="ConcealsExistence">Whether the form must look the same for identifiers that nobody has.</param>
public sealed record LoginForm(LoginFlow Flow, LoginStage Stage, IdentitySchema Schema, Identity? Identity = null, bool ConcealsExistence = false)
{
    /// <summary>The form's container.</summary>
    public UiContainer Ui => Flow.Ui;

    /// <summary>What is added to the account once its owner signed in; null where nothing.</summary>
    public LinkOffer? Link { get; init; }
}

/// <summary>A submitted login.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Schema">The schema of the identities that sign in here.</param>
public sealed record LoginSubmission(LoginFlow Flow, Submission Submission, ClientContext Client, IdentitySchema Schema)
{
    /// <summary>What the browser brought back from where the method had sent it; <see cref="Submission"/> is then what was sent before it left. Null for a submission of its own.</summary>
    public Callback? Callback { get; init; }

    /// <summary>What the same method found out in the flow that this one came of (<see cref="StrategyResult{T}.Converted"/>); null where it came of none.</summary>
    public object? Proof { get; init; }
}

/// <summary>Somebody proved who they are.</summary>
/// <param name="Identity">Who, with credentials.</param>
/// <param name="Method">How.</param>
public sealed record Authentication(Identity Identity, AuthenticationMethod Method)
{
    /// <summary>A credential to store in place of the one that was used, for example with a stronger hash; null to leave it.</summary>
    public Credential? UpgradedCredential { get; init; }

    /// <summary>The identity before something was added to it that this login proves, too; null where nothing was.</summary>
    internal Identity? LinkedFrom { get; init; }

    /// <summary>The proof of what was added; null where nothing was.</summary>
    internal AuthenticationMethod? LinkedMethod { get; init; }

    /// <summary>How the session is come by, in order.</summary>
    internal IReadOnlyList<AuthenticationMethod> Methods => LinkedMethod is null ? [Method] : [Method, LinkedMethod];
}

/// <summary>A method that signs people in.</summary>
public interface ILoginStrategy : IStrategy
{
    /// <summary>Adds what the method asks for; nothing when it has no part in the stage.</summary>
    ValueTask AddNodesAsync(LoginForm form, CancellationToken cancellationToken);

    /// <summary>Looks at a submission that the method claimed.</summary>
    ValueTask<StrategyResult<Authentication>> LoginAsync(LoginSubmission submission, CancellationToken cancellationToken);

    /// <summary>Shows again what was typed, except secrets, when a submission that the method claimed is refused.</summary>
    void Remember(UiContainer ui, Submission submission)
    {
    }

    /// <summary>Whether the method asks for a second factor; else it does nothing in a flow that wants one.</summary>
    bool IsSecondFactor => false;
}
