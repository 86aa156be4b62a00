using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Selfservice.Flows;
using Selfservice.Nodes;

namespace Selfservice.Ui.Tests;

/// <summary>The pages in a real server on a port of its own.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app, FakeFlowPages pages)
    {
        _app = app;
        Pages = pages;
        // The handler belongs to the client, which disposes it; there are no certificates here.
#pragma warning disable CA5399
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true) { BaseAddress = new Uri(app.Urls.First()) };
#pragma warning restore CA5399
    }

    public FakeFlowPages Pages { get; }

    public HttpClient Client { get; }

    public static async Task<PageHost> StartAsync(Action<SelfserviceUiOptions>? configure = null, Action<IServiceCollection>? services = null, string url = "http://127.0.0.1:0", string? pathBase = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var pages = new FakeFlowPages();
        services?.Invoke(builder.Services);
        builder.Services.AddSingleton<IFlowPages>(pages);
        builder.Services.AddSelfserviceUi(configure);
        var app = builder.Build();
        if (pathBase is not null)
            app.UsePathBase(pathBase);
        app.UseRouting();
        app.MapSelfserviceUi();
        await app.StartAsync();
        return new PageHost(app, pages);
    }

    /// <summary>The page of a flow of which more is known than its form.</summary>
    public Task<IHtmlDocument> ShowAsync(FlowPageInfo info, UiContainer ui)
    {
        Pages.Flow = (_, _) => new FlowPageResult.Found(ui, info);
        return GetAsync($"/{info.Kind}?flow=1");
    }

    public static FlowPageResult Found(FlowKind kind, UiContainer ui, bool refresh = false, Selfservice.Sessions.AuthenticatorAssuranceLevel aal = Selfservice.Sessions.AuthenticatorAssuranceLevel.Aal1, string? returnTo = null) =>
        new FlowPageResult.Found(ui, new FlowPageInfo { Kind = kind, Refresh = refresh, RequestedAal = aal, ReturnTo = returnTo });

    public async Task<IHtmlDocument> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        response.StatusCode.ShouldBe(status);
        return await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }

    /// <summary>The page of a flow with the given nodes.</summary>
    public Task<IHtmlDocument> ShowAsync(FlowKind kind, UiContainer ui, bool refresh = false, Selfservice.Sessions.AuthenticatorAssuranceLevel aal = Selfservice.Sessions.AuthenticatorAssuranceLevel.Aal1, string? returnTo = null)
    {
        Pages.Flow = (_, _) => Found(kind, ui, refresh, aal, returnTo);
        return GetAsync($"/{kind}?flow=1");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class ElementExtensions
{
    public static IElement One(this IParentNode node, string selector) => node.QuerySelectorAll(selector).ShouldHaveSingleItem();

    public static string Words(this IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
