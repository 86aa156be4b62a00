using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Selfservice.Courier.Templates;

/// <summary>Renders the parts of a message: the text of the configuration, or else the component of the host for its language, of the host for all, or of this package.</summary>
internal sealed class MessageRenderer(IServiceProvider services, ConfiguredTexts configured, IEnumerable<TemplateRegistration> registered, ILoggerFactory loggers)
{
    // What was added last is used: a host's own after the built-in ones.
    private readonly Dictionary<Key, Type> _components = TemplateRegistration.BuiltIn.Concat(registered)
        .GroupBy(r => new Key(r.Template, r.Channel, (r.Culture ?? "").ToLowerInvariant())).ToDictionary(g => g.Key, g => g.Last().Component);

    public async ValueTask<string> RenderSubjectAsync(MessageView view) =>
        view.Channel == MessageChannel.Email ? PlainText.OneLine(Configured(view, MessagePart.Subject) ?? PlainText.OfMarkup(await RenderAsync(view, MessagePart.Subject).ConfigureAwait(false))) : "";

    public async ValueTask<string> RenderTextAsync(MessageView view) =>
        Configured(view, MessagePart.Text) ?? PlainText.OfMarkup(await RenderAsync(view, MessagePart.Text).ConfigureAwait(false));

    /// <summary>The HTML part of a stored message; null for channels without one.</summary>
    public async ValueTask<string?> RenderHtmlAsync(CourierMessage message)
    {
        if (message.Channel != MessageChannel.Email)
            return null;
        var view = new MessageView { Part = MessagePart.Html, Template = message.Template, Channel = message.Channel, Data = message.TemplateData, Culture = message.Culture };
        return Configured(view, MessagePart.Html) ?? await RenderAsync(view, MessagePart.Html).ConfigureAwait(false);
    }

    private string? Configured(MessageView view, MessagePart part) => configured.Find(view.Template, view.Channel, part)?.Render(view.Data, html: part == MessagePart.Html);

    private async ValueTask<string> RenderAsync(MessageView view, MessagePart part)
    {
        var component = Component(view);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MessageTemplate.Message)] = view with { Part = part } });
        // A renderer keeps what it rendered, so each message has its own, with services of its own scope.
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
            await using (renderer.ConfigureAwait(false))
            {
                return await renderer.Dispatcher.InvokeAsync(async () =>
                    (await renderer.RenderComponentAsync(component, parameters).ConfigureAwait(false)).ToHtmlString()).ConfigureAwait(false);
            }
        }
    }

    private Type Component(MessageView view)
    {
        // From the most particular language to none: de-AT, de, all.
        for (var culture = view.Culture ?? ""; ; culture = culture.LastIndexOf('-') is var cut and > 0 ? culture[..cut] : "")
        {
            if (_components.TryGetValue(new(view.Template, view.Channel, culture.ToLowerInvariant()), out var component))
                return component;
            if (culture.Length == 0)
                throw new InvalidOperationException($"There is no template \"{view.Template}\" for messages of type {view.Channel}; add a component with UseCourierTemplate.");
        }
    }

    private sealed record Key(CourierTemplate Template, MessageChannel Channel, string Culture);
}
