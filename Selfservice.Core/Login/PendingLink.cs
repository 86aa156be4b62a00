using System.Text.Json.Nodes;
using Selfservice.Identities;
using Selfservice.Strategies;

namespace Selfservice.Login;

/// <summary>The link that is made when somebody signs in through a flow; kept in the flow, where no client sees it.</summary>
/// <param name="Method">The method that makes it.</param>
/// <param name="Identifier">What the account that signs in must be found by.</param>
/// <param name="Data">What the method needs.</param>
internal sealed record PendingLink(MethodId Method, string Identifier, JsonObject Data)
{
    private const string Member = "link";

    public static PendingLink? Of(LoginFlow flow) => flow.Context[Member] is JsonObject kept
        ? new(new((string)kept["method"]!), (string)kept["identifier"]!, kept["data"]!.DeepClone().AsObject())
        : null;

    public void Keep(LoginFlow flow) =>
        flow.Context[Member] = new JsonObject { ["method"] = Method.Name, ["identifier"] = Identifier, ["data"] = Data.DeepClone() };

    public static void Drop(LoginFlow flow) => flow.Context.Remove(Member);

    /// <summary>Whether the account is the one that was meant: the same person at the provider may sign in to another one.</summary>
    public bool IsMeantFor(Identity identity) => identity.Credentials.Any(c => c.Identifiers.Contains(Identifier, StringComparer.Ordinal));
}
