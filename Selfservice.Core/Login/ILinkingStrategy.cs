using System.Text.Json.Nodes;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Sessions;

namespace Selfservice.Login;

/// <summary>
/// A method whose proof can be added to an account of which its registration found out that it is there already (<see cref="Registration.Enrollment.Link"/>). Nothing is added by
/// itself: the person is asked to sign in to that account first.
/// </summary>
public interface ILinkingStrategy : ILoginStrategy
{
    /// <summary>What is said above the login form that asks for that.</summary>
    /// <param name="offer">What may be added, and to which account.</param>
    /// <param name="loginUrl">Where a login that adds nothing begins.</param>
    Message ExplainLink(LinkOffer offer, string loginUrl);

    /// <summary>Adds it.</summary>
    /// <param name="identity">The account, with credentials; its owner just signed in.</param>
    /// <param name="data">What was kept with the flow.</param>
    /// <returns>The account as it is to be, and the proof that its session counts from then on.</returns>
    (Identity Identity, AuthenticationMethod Method) Link(Identity identity, JsonObject data);
}
