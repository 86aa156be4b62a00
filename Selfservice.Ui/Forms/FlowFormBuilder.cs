using System.Globalization;
using System.Text.Json.Nodes;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Forms;

/// <summary>
/// Lays out a flow's nodes. What is shared by all ways in (the group <c>default</c>) comes once. Where shared fields are visible, one HTML form holds them and every way that
/// needs them; where all that is shared is hidden, each way has a form of its own, so that an empty field of one way never stops another. Social sign-in is always
/// on its own when there is another way: the Enter key in a field must not lead to a provider.
/// </summary>
internal sealed class FlowFormBuilder(IMessageTexts messageTexts, PageTexts texts, FlowPageInfo info)
{
    // The label of the buttons that send another code; their value is the address that it goes to.
    private const long ResendLabel = 1070008;

    // The label of the button that goes on at the provider which a registration came from.
    private const long ContinueLabel = 1040003;

    private static readonly NodeGroup s_social = new("oidc");

    private readonly FlowKind _kind = info.Kind;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly List<FormMessage> _messages = [];

    public FlowForm Build(UiContainer ui)
    {
        _messages.AddRange((ui.Messages ?? []).Select(ToMessage));
        var nodes = Deduplicate(ui.Nodes);
        HoistHiddenMessages(nodes);

        var scripts = nodes.Select(n => n.Attributes).OfType<ScriptAttributes>().ToList();
        var back = nodes.Where(IsBack).ToList();
        var rest = nodes.Where(n => !IsBack(n) && n.Attributes is not ScriptAttributes).ToList();
        var shared = rest.Where(n => n.Group == NodeGroup.Default).ToList();
        var sharedHidden = Hidden(shared);
        var sharedVisible = shared.Where(n => !IsHidden(n)).ToList();
        var groups = rest.Where(n => n.Group != NodeGroup.Default).GroupBy(n => n.Group).Select(g => g.ToList()).ToList();

        var visible = groups.Where(g => g.Exists(n => !IsHidden(n))).ToList();
        var unseen = groups.Where(g => g.TrueForAll(IsHidden)).SelectMany(Hidden).ToList();
        var social = visible.Where(IsSocial).ToList();
        var ways = visible.Except(social).ToList();
        var accounts = IsSettings ? Accounts(social, sharedHidden) : null;
        if (IsSettings)
            social = [];
        if (ways.Count == 0 && sharedVisible.Exists(IsField))
            (ways, social) = (social, []);
        var primary = ways.Find(g => g.Exists(IsField) && g.Exists(IsButton)) ?? ways.Find(g => g.Exists(IsSubmit)) ?? ways.FirstOrDefault();

        List<FormPart> parts = [];
        if (social.Count > 0)
            parts.Add(new([.. sharedHidden, .. social.SelectMany(Hidden)], [new(social[0][0].Group, [.. social.SelectMany(g => g).Where(n => !IsHidden(n)).Select(n => Element(n, ButtonLook.Provider, false, true))])]));
        if (sharedVisible.Exists(n => IsField(n) || IsButton(n)))
            parts.Add(SharedForm(rest, sharedHidden, unseen, sharedVisible, ways, primary));
        else
            parts.AddRange(SeparateForms(sharedHidden, unseen, sharedVisible, ways, primary));

        if (accounts is not null)
            parts.Add(accounts);
        parts = PlaceResult(Focus(parts));
        return new FlowForm
        {
            Action = ui.Action,
            Method = ui.Method,
            Messages = _messages,
            Parts = parts,
            Back = back.Count == 0 ? null : new([.. sharedHidden, .. groups.Where(g => g[0].Group == back[0].Group).SelectMany(Hidden)], [new(back[0].Group, [.. back.Select(n => Element(n, ButtonLook.Back, false, true))])]),
            Scripts = scripts,
            SettledIdentifier = SettledIdentifier(nodes),
            SentTo = SentTo(nodes),
            ContinuesWith = nodes.Find(IsContinue) is { } going ? Provider(going)!.Name : null,
            Step = _kind != FlowKind.Registration ? 0 : back.Count > 0 ? 2 : nodes.Exists(IsProfileStep) ? 1 : 0,
        };
    }

    /// <summary>The accounts elsewhere, each with the one button that it has. The only way in has none, and no node.</summary>
    private FormPart? Accounts(List<List<UiNode>> social, List<InputAttributes> sharedHidden)
    {
        var buttons = social.SelectMany(g => g).Where(IsSubmit).Select(n => (ButtonModel)Element(n, ButtonLook.Secondary, false, true)).ToList();
        var shown = buttons.Select(b => new LinkedProvider(b.Provider!, b.Input.Name == "unlink", b)).ToList();
        shown.AddRange(info.LinkedProviders.Where(id => buttons.TrueForAll(b => b.Value != id)).Select(id => new LinkedProvider(ProviderMark.Of(id, info.ProviderNames.GetValueOrDefault(id)), true, null)));
        if (shown.Count == 0)
            return null;
        var group = social.Count > 0 ? social[0][0].Group : s_social;
        return new([.. sharedHidden, .. social.SelectMany(Hidden)], [new(group, []) { Accounts = [.. shown.OrderByDescending(a => a.IsLinked)] }]);
    }

    private FormPart SharedForm(List<UiNode> rest, List<InputAttributes> sharedHidden, List<InputAttributes> unseen, List<UiNode> sharedVisible, List<List<UiNode>> ways, List<UiNode>? primary)
    {
        // Traits and the password are mixed on purpose in the flow's order, so it is kept.
        var first = rest.Where(n => !IsHidden(n) && (sharedVisible.Contains(n) || primary?.Contains(n) == true)).ToList();
        var canMiss = ways.Count > 1;
        List<FormSection> sections = [Section(primary?[0].Group ?? NodeGroup.Default, first, true, true, false)];
        sections.AddRange(ways.Where(g => g != primary).Select(g => Section(g[0].Group, g, false, !canMiss, canMiss)));
        return new([.. sharedHidden, .. ways.SelectMany(Hidden), .. unseen], sections);
    }

    private IEnumerable<FormPart> SeparateForms(List<InputAttributes> sharedHidden, List<InputAttributes> unseen, List<UiNode> sharedVisible, List<List<UiNode>> ways, List<UiNode>? primary)
    {
        var ordered = primary is null ? ways : [primary, .. ways.Where(g => g != primary)];
        if (ordered.Count == 0 && (sharedVisible.Count > 0 || unseen.Count > 0))
            ordered = [[]];
        for (var i = 0; i < ordered.Count; i++)
        {
            List<UiNode> shown = i == 0 ? [.. sharedVisible, .. ordered[i]] : ordered[i];
            var group = ordered[i].Count > 0 ? ordered[i][0].Group : NodeGroup.Default;
            yield return new([.. sharedHidden, .. Hidden(ordered[i]), .. i == 0 ? unseen : []], [Section(group, shown, i == 0 || IsSettings, true, false)]);
        }
    }

    // The button of a settings form is primary in each form; elsewhere there is one primary button on the page.
    private bool IsSettings => _kind == FlowKind.Settings;

    private FormSection Section(NodeGroup group, List<UiNode> nodes, bool isPrimary, bool enforcesRequired, bool buttonsSkipValidation)
    {
        var shown = nodes.Where(n => !IsHidden(n)).ToList();
        var buttons = shown.Where(IsButton).ToList();
        // The Enter key presses the first submit button of a form: that must be the one that goes on.
        var main = buttons.Find(n => IsSubmit(n) && n.Key == "method") ?? buttons.Find(IsSubmit);
        var mainLook = isPrimary ? ButtonLook.Primary : ButtonLook.Secondary;
        List<FormElement> elements = [.. shown.Where(n => !IsButton(n)).Select(n => Element(n, main is null ? mainLook : ButtonLook.Secondary, enforcesRequired, false))];
        if (main is not null)
        {
            // Of several answers to one question none stands out.
            var isOneOfMany = buttons.Exists(n => n != main && n.Key == main.Key);
            elements.Add(Element(main, isOneOfMany ? ButtonLook.Secondary : mainLook, false, buttonsSkipValidation));
        }

        elements.AddRange(buttons.Where(n => n != main).Select(n => Element(n, ButtonLook.Secondary, false, true)));
        return new(group, elements);
    }

    private FormElement Element(UiNode node, ButtonLook look, bool enforcesRequired, bool skipsValidation)
    {
        IReadOnlyList<FormMessage> messages = [.. node.Messages.Select(ToMessage)];
        var id = UniqueId(node.Attributes is InputAttributes ? FieldNames.ToId(node.Key) : node.Key);
        return node.Attributes switch
        {
            InputAttributes input when IsButton(node) => new ButtonModel(node, input, ButtonLabel(node, input), look) { Id = id, Messages = messages, SkipsValidation = skipsValidation, Provider = Provider(node) },
            InputAttributes input => new FieldModel(node, input, Label(node) ?? FieldNames.Humanise(node.Key))
            {
                Id = id,
                Messages = messages,
                // A boolean that is required must be sent, not ticked: the hidden "false" before the checkbox does that.
                Required = input.Required && enforcesRequired && input.Type != InputType.Checkbox,
                ShowsOptional = !input.Required && input.Type != InputType.Checkbox && input.Name.StartsWith("traits.", StringComparison.Ordinal),
            },
            _ => new ContentElement(node, Label(node), look) { Id = id, Messages = messages },
        };
    }

    private List<FormPart> Focus(List<FormPart> parts)
    {
        var fields = parts.SelectMany(p => p.Sections).SelectMany(s => s.Elements).OfType<FieldModel>().Where(f => !f.Input.Disabled).ToList();
        var formFailed = _messages.Exists(m => m.Type == MessageType.Error);
        var focused = fields.Find(f => f.HasError)
            ?? (IsSettings ? null : formFailed || _kind != FlowKind.Registration ? fields.Find(f => !f.IsCheckbox && string.IsNullOrEmpty(f.Value)) : null)
            ?? (formFailed && !IsSettings ? fields.FirstOrDefault() : null);
        if (focused is null)
            return parts;
        var replacement = focused with { Autofocus = true, DescribedByForm = formFailed ? "form-messages" : null };
        return [.. parts.Select(p => p with
        {
            Sections = [.. p.Sections.Select(s => s with { Elements = [.. s.Elements.Select(e => ReferenceEquals(e, focused) ? replacement : e)] })],
        })];
    }

    /// <summary>Takes what the whole form says to the button that caused it.</summary>
    private List<FormPart> PlaceResult(List<FormPart> parts)
    {
        if (info.ResultOf is not { } group || _messages.Count == 0 || !parts.Exists(p => p.Sections.Any(s => s.Group == group)))
            return parts;
        FormMessage[] result = [.. _messages];
        _messages.Clear();
        return [.. parts.Select(p => p with { Sections = [.. p.Sections.Select(s => s.Group == group ? s with { Messages = result } : s)] })];
    }

    // Several methods may each bring the identifier field: it is shown once, with what all of them say about it.
    private static List<UiNode> Deduplicate(NodeList nodes)
    {
        List<UiNode> result = [];
        foreach (var node in nodes)
        {
            var index = result.FindIndex(n => IsSame(n, node));
            if (index < 0)
                result.Add(node);
            else if (node.Messages.Count > 0)
                result[index] = result[index] with { Messages = [.. result[index].Messages, .. node.Messages.Except(result[index].Messages)] };
        }

        return result;
    }

    private static bool IsSame(UiNode a, UiNode b) => a.Key == b.Key && (a.Attributes, b.Attributes) switch
    {
        (InputAttributes x, InputAttributes y) when IsButton(a) && IsButton(b) => InputValues.ToText(x.Value) == InputValues.ToText(y.Value),
        (InputAttributes, InputAttributes) => !IsButton(a) && !IsButton(b),
        _ => a.Attributes == b.Attributes,
    };

    // Nobody sees a hidden field, so what is said at it is said above the form, with the field's name.
    private void HoistHiddenMessages(List<UiNode> nodes)
    {
        foreach (var node in nodes.Where(IsHidden))
            foreach (var message in node.Messages)
                _messages.Add(new(message.Type, $"{Label(node) ?? FieldNames.Humanise(node.Key)}: {messageTexts.GetText(message)}"));
    }

    private static string? SettledIdentifier(List<UiNode> nodes) => nodes
        .Where(n => IsHidden(n) && (n.Key is "identifier" or "traits.email" or "traits.username" or "traits.phone" || n.Attributes is InputAttributes { Autocomplete: "email" or "username" or "username webauthn" }))
        .Select(n => InputValues.ToText(((InputAttributes)n.Attributes).Value))
        .FirstOrDefault(v => v.Length > 0);

    // After a code was asked for, the button that sends another one has the address; after a link, the field that can ask for another.
    private string? SentTo(List<UiNode> nodes)
    {
        var resend = nodes.Find(n => IsSubmit(n) && n.Meta.Label?.Id.Value == ResendLabel)
            ?? (info.State == FlowState.SentEmail.Name ? nodes.Find(n => IsField(n) && n.Key == "email") : null);
        return resend?.Attributes is InputAttributes input && InputValues.ToText(input.Value) is { Length: > 0 } address ? address : null;
    }

    private string ButtonLabel(UiNode node, InputAttributes input) =>
        IsProfileStep(node) && _kind == FlowKind.Registration ? texts.Continue
        : IsContinue(node) ? string.Format(CultureInfo.InvariantCulture, texts.ContinueWith, Provider(node)!.Name)
        : Label(node) ?? FieldNames.Humanise(InputValues.ToText(input.Value) is { Length: > 0 and < 40 } value ? value : input.Name);

    /// <summary>The provider of a button that leads to one; the flow's own label knows the name best.</summary>
    private ProviderMark? Provider(UiNode node) => IsSubmit(node) && node.Key is "provider" or "link" or "unlink" && InputValues.ToText(((InputAttributes)node.Attributes).Value) is var id
        ? ProviderMark.Of(id, (node.Meta.Label?.Context?["provider"] as JsonValue)?.ToString() ?? info.ProviderNames.GetValueOrDefault(id))
        : null;

    private string? Label(UiNode node) => (node.Meta.Label ?? (node.Attributes as InputAttributes)?.Label) is { } label ? messageTexts.GetText(label) : null;

    private FormMessage ToMessage(Message message) => new(message.Type, messageTexts.GetText(message));

    private string UniqueId(string id)
    {
        var unique = id;
        for (var i = 2; !_ids.Add(unique); i++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{id}-{i}");
        return unique;
    }

    private static bool IsHidden(UiNode node) => node.Attributes is InputAttributes { Type: InputType.Hidden };

    private static bool IsButton(UiNode node) => node.Attributes is InputAttributes { Type: InputType.Submit or InputType.Button };

    private static bool IsSubmit(UiNode node) => node.Attributes is InputAttributes { Type: InputType.Submit };

    private static bool IsField(UiNode node) => node.Attributes is InputAttributes && !IsHidden(node) && !IsButton(node);

    private static bool IsBack(UiNode node) => IsSubmit(node) && (node.Key == "screen" || node.Attributes is InputAttributes { Name: "method", Value: { } value } && InputValues.ToText(value) == "profile:back");

    private static bool IsProfileStep(UiNode node) => IsSubmit(node) && node.Key == "method" && InputValues.ToText(((InputAttributes)node.Attributes).Value) == "profile";

    private static bool IsContinue(UiNode node) => IsSubmit(node) && node.Key == "provider" && node.Meta.Label?.Id.Value == ContinueLabel;

    private static bool IsSocial(List<UiNode> group) =>
        !group.Exists(IsField) && group.Exists(n => IsSubmit(n) && (n.Key is "provider" or "link" or "unlink" || n.Group.Name is "oidc" or "saml"));

    private static List<InputAttributes> Hidden(IEnumerable<UiNode> nodes) => [.. nodes.Where(IsHidden).Select(n => (InputAttributes)n.Attributes)];
}
