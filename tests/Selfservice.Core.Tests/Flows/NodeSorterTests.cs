using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Core.Tests.Flows;

/// <summary>The worked results of the contract's §1.7.</summary>
public sealed class NodeSorterTests
{
    private static readonly string[] LoginKeys = ["csrf_token", "identifier", "password"];

    [TestCase(
        "password:method=password password:password default:identifier default:csrf_token",
        "default:csrf_token default:identifier password:password password:method=password", TestName = "Login_PasswordOnly")]
    [TestCase(
        "default:csrf_token default:identifier password:password password:method=password code:method=code oidc:provider=hydra oidc:provider=github",
        "oidc:provider=github oidc:provider=hydra default:csrf_token default:identifier code:method=code password:password password:method=password", TestName = "Login_SeveralMethods")]
    [TestCase(
        "default:csrf_token oidc:provider=hydra identifier_first:method=identifier_first identifier_first:identifier",
        "identifier_first:identifier identifier_first:method=identifier_first oidc:provider=hydra default:csrf_token", TestName = "Login_IdentifierFirst")]
    public void Sort_OfALogin(string before, string after) => Sorted(before, LoginKeys).ShouldBe(after);

    [Test]
    public void Sort_OfAOneStepRegistration() => Sorted(
        "password:method=password password:password default:traits.email default:traits.name.first default:traits.name.last default:csrf_token",
        ["csrf_token", "traits.email", "password", "traits.name.first", "traits.name.last"])
        .ShouldBe("default:csrf_token default:traits.email password:password default:traits.name.first default:traits.name.last password:method=password");

    private static string Sorted(string before, string[] keys)
    {
        var groups = new Dictionary<NodeGroup, int> { [new("oidc")] = 100, [NodeGroup.Default] = 200, [new("code")] = 500, [new("password")] = 600 };
        var nodes = new NodeList();
        foreach (var text in before.Split(' '))
            nodes.Add(Node(text));
        new NodeSorter(groups, new HashSet<NodeGroup> { new("password") }, keys).Sort(nodes);
        return string.Join(' ', nodes.Select(Text));
    }

    private static UiNode Node(string text)
    {
        var parts = text.Split(':', '=');
        return UiNode.Input(new(parts[0]), new InputAttributes { Name = parts[1], Type = parts.Length > 2 ? InputType.Submit : InputType.Text, Value = parts.Length > 2 ? JsonValue.Create(parts[2]) : null });
    }

    private static string Text(UiNode node) => $"{node.Group}:{node.Key}{(node.Attributes is InputAttributes { Value: { } value } ? "=" + value : "")}";
}
