using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Schemas;
using Selfservice.Sessions;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Registration;

/// <summary>What a registration form is to ask for.</summary>
public enum RegistrationStage
{
    /// <summary>The profile and a credential, at once.</summary>
    Combined,

    /// <summary>The profile, and nothing else: the first of two steps.</summary>
    Profile,

    /// <summary>A credential: the second of two steps.</summary>
    Credential,
}

/// <summary>A registration form that methods add their nodes to.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Stage">What is to be asked for.</param>
/// <param name="Schema">The schema that the new identity follows.</param>
public sealed record RegistrationForm(RegistrationFlow Flow, RegistrationStage Stage, IdentitySchema Schema)
{
    /// <summary>The form's container.</summary>
    public UiContainer Ui => Flow.Ui;
}

/// <summary>A submitted registration.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Submission">What was sent.</param>
/// <param name="Client">Who sent it.</param>
/// <param name="Schema">The schema that the new identity follows.</param>
/// <param name="Traits">The submitted traits.</param>
/// <param name="Evaluation">What the schema says about them.</param>
public sealed record RegistrationSubmission(
    RegistrationFlow Flow, Submission Submission, ClientContext Client, IdentitySchema Schema, JsonObject Traits, TraitsEvaluation Evaluation)
{
    /// <summary>What the browser brought back from where the method had sent it; <see cref="Submission"/> is then what was sent before it left. Null for a submission of its own.</summary>
    public Callback? Callback { get; init; }

    /// <summary>What the same method found out in the flow that this one came of (<see cref="StrategyResult{T}.Converted"/>); null where it came of none.</summary>
    public object? Proof { get; init; }

    /// <summary>What is wrong with the traits, as messages at their nodes; empty when nothing is.</summary>
    public IEnumerable<FieldMessage> TraitFaults => Evaluation.Violations.Select(v => new FieldMessage(v.NodeKey, v.Message));
}

/// <summary>Somebody may sign up.</summary>
/// <param name="Identity">The identity to store, with its credentials.</param>
/// <param name="Method">How it proved itself; becomes the first method of its session.</param>
public sealed record Enrollment(Identity Identity, AuthenticationMethod Method)
{
    /// <summary>
    /// What the method, an <see cref="Login.ILinkingStrategy"/>, would add to an account that has one of the identifiers or addresses already, once its owner signed in; null where it
    /// cannot, and then the person is told that they are taken.
    /// </summary>
    public JsonObject? Link { get; init; }
}

/// <summary>A method that signs people up.</summary>
public interface IRegistrationStrategy : IStrategy
{
    /// <summary>Adds what the method asks for; nothing when it has no part in the stage. The traits are in the form already.</summary>
    ValueTask AddNodesAsync(RegistrationForm form, CancellationToken cancellationToken);

    /// <summary>Looks at a submission that the method claimed.</summary>
    ValueTask<StrategyResult<Enrollment>> RegisterAsync(RegistrationSubmission submission, CancellationToken cancellationToken);
}
