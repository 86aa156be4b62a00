using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Strategies.Link;

/// <summary>The form that asks for the address: before a link was sent and, with the address in it, afterwards.</summary>
internal static class LinkNodes
{
    private static readonly NodeGroup Group = new("link");

    public static void Show(Flow flow, string? address = null)
    {
        flow.Ui.Nodes.Clear();
        flow.Ui.Nodes.Add(CsrfTokens.Node(flow));
        var value = address is null ? null : JsonValue.Create(address);
        flow.Ui.Nodes.Add(UiNode.Input(Group, new() { Name = "email", Type = InputType.Email, Required = true, Value = value }, LinkMessages.Email));
        flow.Ui.Nodes.Add(UiNode.Submit(Group, "method", "link", FlowMessages.Continue));
    }
}
