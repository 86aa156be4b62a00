using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;

namespace Selfservice.Ui.Pages;

/// <summary>What the components of one request share. It is a scoped service, so that the models stay internal although Razor components are public.</summary>
internal sealed class PageState(IOptions<SelfserviceUiOptions> options, IOptions<SelfserviceOptions> engine, PageTexts texts, IMessageTexts messageTexts, IHttpContextAccessor accessor)
{
    private object? _model;

    public SelfserviceUiOptions Options { get; } = options.Value;

    /// <summary>Whether people can sign up here, and are told so.</summary>
    public bool OffersRegistration => Options.ShowRegistrationLink && engine.Value.Flows.Registration.Enabled;

    /// <summary>Whether people can prove their addresses here.</summary>
    public bool OffersVerification => engine.Value.Flows.Verification.Enabled;

    public PageTexts Texts { get; } = texts;

    public IMessageTexts MessageTexts { get; } = messageTexts;

    public HttpContext? HttpContext => accessor.HttpContext;

    public string StylesheetHref => Link(PageAssets.Stylesheet.HrefPath);

    public string ScriptHref => Link(PageAssets.Script.HrefPath);

    public void Show(object model) => _model = model;

    public T Model<T>()
        where T : class => _model as T ?? throw new InvalidOperationException($"The page was rendered without its model {typeof(T).Name}.");

    /// <summary>A path of ours below the path that the application is mounted at; an absolute URL stays as it is.</summary>
    public string Link(string pathOrUrl) =>
        pathOrUrl.StartsWith('/') && !pathOrUrl.StartsWith("//", StringComparison.Ordinal) ? HttpContext?.Request.PathBase.Value + pathOrUrl : pathOrUrl;

    /// <summary>A path of ours as a whole URL, to come back to: a path alone belongs to where browsers go by default, which may be another host. An absolute URL stays as it is.</summary>
    public string Own(string pathOrUrl)
    {
        if (HttpContext?.Request is not { } request || !pathOrUrl.StartsWith('/') || pathOrUrl.StartsWith("//", StringComparison.Ordinal))
            return pathOrUrl;
        return (engine.Value.PublicUrl ?? $"{request.Scheme}://{request.Host}{request.PathBase}") + pathOrUrl;
    }

    /// <summary>Where whoever forgot a password goes; null where there is no such place.</summary>
    public string? ForgotPasswordUrl(string? returnTo) =>
        Options.ForgotPasswordUrl is { } own ? Link(own) : engine.Value.Flows.Recovery.Enabled ? InitUrl("recovery", returnTo) : null;

    /// <summary>Where a fresh flow starts.</summary>
    public string InitUrl(string kind, string? returnTo = null, string? extra = null)
    {
        var url = $"{Link(Options.FlowsBaseUrl.TrimEnd('/'))}/{kind}/browser";
        string?[] query = [extra, string.IsNullOrEmpty(returnTo) ? null : "return_to=" + Uri.EscapeDataString(returnTo)];
        var joined = string.Join('&', query.Where(q => q is not null));
        return joined.Length == 0 ? url : url + "?" + joined;
    }
}
