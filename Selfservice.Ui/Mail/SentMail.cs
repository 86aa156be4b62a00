using System.Text.Json;
using Selfservice.Courier;

namespace Selfservice.Ui.Mail;

/// <summary>A message as the page of sent mails shows it.</summary>
/// <param name="Message">The message.</param>
/// <param name="HasHtml">Whether it has an HTML part.</param>
internal sealed record SentMail(CourierMessage Message, bool HasHtml)
{
    /// <summary>The code in it; null without one.</summary>
    public string? Code => Variable("_code");

    /// <summary>The link in it; null without one, and for what is no web address.</summary>
    public string? Link => Variable("_url") is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? url : null;

    private string? Variable(string suffix) => Message.TemplateData.EnumerateObject()
        .Where(v => v.Name != "request_url" && v.Name.EndsWith(suffix, StringComparison.Ordinal) && v.Value.ValueKind == JsonValueKind.String).Select(v => v.Value.GetString()).FirstOrDefault();
}

/// <summary>The newest messages.</summary>
/// <param name="Mails">The messages, newest first.</param>
/// <param name="Path">The path of the page.</param>
internal sealed record SentMailModel(IReadOnlyList<SentMail> Mails, string Path);
