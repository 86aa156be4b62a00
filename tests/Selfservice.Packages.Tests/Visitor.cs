using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Selfservice.Packages.Tests;

/// <summary>A browser without JavaScript: follows redirects, keeps cookies, fills the fields that it sees and sends forms as they are.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly SocketsHttpHandler _handler = new() { CookieContainer = new CookieContainer() };
    private readonly HttpClient _client;

    public Visitor(Uri address)
    {
        Location = address;
        _client = new HttpClient(_handler);
        _client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
    }

    /// <summary>Where the last answer came from, after redirects.</summary>
    public Uri Location { get; private set; }

    /// <summary>The last page.</summary>
    public string Text { get; private set; } = "";

    public async Task OpenAsync(string url) => await ReceiveAsync(await _client.GetAsync(new Uri(Location, url)));

    /// <summary>Follows the first link whose text contains these words.</summary>
    public async Task FollowAsync(string words)
    {
        var link = Page().Links.FirstOrDefault(a => a.TextContent.Contains(words, StringComparison.OrdinalIgnoreCase));
        link.ShouldNotBeNull($"No link says '{words}' at {Location}:\n{Text}");
        await OpenAsync(link.GetAttribute("href")!);
    }

    /// <summary>Types these values into the form that has all these fields, and presses its first button.</summary>
    public async Task SubmitAsync(params (string Field, string Value)[] values)
    {
        var form = Page().Forms.FirstOrDefault(f => values.All(v => f.Elements.OfType<IHtmlInputElement>().Any(e => e.Name == v.Field)));
        form.ShouldNotBeNull($"No form has the fields {string.Join(", ", values.Select(v => v.Field))} at {Location}:\n{Text}");
        var fields = form.Elements.OfType<IHtmlInputElement>()
            .Where(e => e is { Name.Length: > 0, IsDisabled: false } && e.Type is not ("submit" or "button" or "checkbox"))
            .ToDictionary(e => e.Name!, e => e.Value, StringComparer.Ordinal);
        if (form.Elements.OfType<IHtmlButtonElement>().First(b => b.Type == "submit") is { Name.Length: > 0 } button)
            fields[button.Name] = button.Value;
        foreach (var (field, value) in values)
            fields[field] = value;
        using var content = new FormUrlEncodedContent(fields);
        await ReceiveAsync(await _client.PostAsync(new Uri(Location, form.GetAttribute("action")!), content));
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task ReceiveAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Location = response.RequestMessage!.RequestUri!;
            Text = await response.Content.ReadAsStringAsync();
            response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{Location}\n{Text}");
        }
    }

    private IHtmlDocument Page() => new HtmlParser().ParseDocument(Text);
}
