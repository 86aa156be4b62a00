using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

/// <summary>Forms as flows make them.</summary>
internal static class Samples
{
    public const string Action = "https://id.example/self-service/login?flow=1";

    public static NodeGroup Password { get; } = new("password");

    public static UiContainer Form(params UiNode[] nodes)
    {
        var ui = new UiContainer { Action = Action };
        ui.Nodes.Add(Input(NodeGroup.Default, "csrf_token", InputType.Hidden, "csrf", required: true));
        foreach (var node in nodes)
            ui.Nodes.Add(node);
        return ui;
    }

    public static UiNode Input(NodeGroup group, string name, string type, JsonNode? value = null, string? label = null, bool required = false, string? autocomplete = null, string? pattern = null) =>
        UiNode.Input(group, new InputAttributes { Name = name, Type = type, Value = value, Required = required, Autocomplete = autocomplete, Pattern = pattern }, label is null ? null : Message.Info(1070002, label));

    public static UiNode Submit(string group, string value, string label, string name = "method") => UiNode.Submit(new(group), name, value, Message.Info(1010022, label));

    public static UiContainer PasswordLogin() => Form(
        Input(NodeGroup.Default, "identifier", InputType.Text, "", "E-mail", required: true),
        Input(Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "current-password"),
        Submit("password", "password", "Sign in with password"));

    public static UiContainer ManyWaysLogin() => Form(
        Submit("oidc", "github", "Sign in with GitHub", "provider"),
        Submit("oidc", "google", "Sign in with Google", "provider"),
        Input(NodeGroup.Default, "identifier", InputType.Text, "", "E-mail", required: true),
        Input(new("code"), "identifier", InputType.Text, "", "E-mail", required: true),
        UiNode.Input(new("passkey"), new InputAttributes { Name = "passkey_login_trigger", Type = InputType.Button, OnClickTrigger = "oryPasskeyLogin" }, Message.Info(1010021, "Sign in with passkey")),
        Input(new("passkey"), "passkey_login", InputType.Hidden),
        Submit("code", "code", "Send sign in code"),
        Input(Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "current-password"),
        Submit("password", "password", "Sign in with password"));

    public static UiContainer RegistrationStep1() => Form(
        Input(NodeGroup.Default, "traits.email", InputType.Email, "", "E-mail", required: true, autocomplete: "email"),
        Input(NodeGroup.Default, "traits.name.first", InputType.Text, "", "First name"),
        Input(NodeGroup.Default, "traits.name.last", InputType.Text, "", "Last name"),
        Input(NodeGroup.Default, "traits.newsletter", InputType.Checkbox, false, "Send me news now and then"),
        UiNode.Submit(new("profile"), "method", "profile", Message.Info(1040001, "Sign up")));

    public static UiContainer RegistrationStep2(bool passkey = false)
    {
        var ui = Form(
            Input(NodeGroup.Default, "traits.email", InputType.Hidden, "ada@example.com", "E-mail", required: true, autocomplete: "email"),
            Input(NodeGroup.Default, "traits.name.first", InputType.Hidden, "Ada", "First name"),
            Input(Password, "password", InputType.Password, label: "Password", required: true, autocomplete: "new-password"),
            Submit("password", "password", "Sign up"),
            UiNode.Submit(new("profile"), "screen", "previous", Message.Info(1040008, "Back")));
        if (passkey)
            ui.Nodes.Insert(3, UiNode.Input(new("passkey"), new InputAttributes { Name = "passkey_register_trigger", Type = InputType.Button, OnClickTrigger = "oryPasskeyRegistration" }, Message.Info(1040007, "Sign up with passkey")));
        ui.AddMessage(Message.Info(1040009, "Please choose a credential to authenticate yourself with."));
        return ui;
    }
}
