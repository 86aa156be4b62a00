using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Strategies.Code;

/// <summary>The fields and buttons of forms that ask for codes.</summary>
internal static class CodeNodes
{
    public static NodeGroup Group { get; } = new("code");

    public static UiNode Email { get; } = UiNode.Input(Group, new() { Name = "email", Type = InputType.Email, Required = true }, CodeMessages.Email);

    public static UiNode Submit { get; } = UiNode.Submit(Group, "method", "code", FlowMessages.Continue);

    public static UiNode Method { get; } = Hidden("method", "code");

    public static UiNode Hidden(string name, string value) => UiNode.Input(Group, new() { Name = name, Type = InputType.Hidden, Value = JsonValue.Create(value) });

    /// <summary>The button that sends another code to the same address.</summary>
    public static UiNode Resend(string name, string address) => UiNode.Submit(Group, name, address, CodeMessages.Resend);

    /// <summary>Replaces the form's fields.</summary>
    public static void Show(UiContainer ui, params IEnumerable<UiNode> nodes)
    {
        ui.Nodes.Clear();
        foreach (var node in nodes)
            ui.Nodes.Add(node);
    }
}
