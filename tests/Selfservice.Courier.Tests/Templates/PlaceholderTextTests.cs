using System.Text.Json;
using Selfservice.Courier.Templates;

namespace Selfservice.Courier.Tests.Templates;

public sealed class PlaceholderTextTests
{
    private static readonly JsonElement Data = JsonElement.Parse("""
        {
          "to": "ada@example.org", "recovery_code": "048151", "expires_in_minutes": 10, "request_url_domain": "example.org",
          "identity": { "traits": { "name": { "first_name": "<Ada> & \"Co\"\r\nBcc: x" } }, "metadata_public": null },
          "oauth2_login_request": { "client": { "client_name": "Shop" } }
        }
        """);

    [TestCase("{{ .RecoveryCode }}", "048151")]
    [TestCase("{{.To}}: {{- .ExpiresInMinutes -}} min", "ada@example.org: 10 min")]
    [TestCase("{{ .RequestURLDomain }} {{ .OAuth2LoginRequest.Client.ClientName }}", "example.org Shop")]
    [TestCase("{{ .Identity.traits.name.first_name }}", "<Ada> & \"Co\" Bcc: x")]
    [TestCase("[{{ .Identity.metadata_public }}{{ .Nothing.at.all }}{{ .To.deeper }}]", "[]")]
    [TestCase("no placeholder }} { x }", "no placeholder }} { x }")]
    public void Placeholder_IsReplacedByItsValue(string text, string expected) => PlaceholderText.Parse(text).Render(Data, html: false).ShouldBe(expected);

    [Test]
    public void Placeholder_InHtml_IsEncoded() =>
        PlaceholderText.Parse("<p>{{ .Identity.traits.name.first_name }}</p>").Render(Data, html: true).ShouldBe("<p>&lt;Ada&gt; &amp; &quot;Co&quot; Bcc: x</p>");

    [TestCase("{{ if .To }}x{{ end }}")]
    [TestCase("{{ .To | upper }}")]
    [TestCase("{{ template \"x\" . }}")]
    [TestCase("{{ .To }} {{ .Code")]
    [TestCase("{{}}")]
    public void Text_WithMoreThanPlaceholders_IsRefused(string text) => Should.Throw<FormatException>(() => PlaceholderText.Parse(text));
}
