using Microsoft.AspNetCore.Http;
using Selfservice.Flows;
using Selfservice.Sessions;

namespace Selfservice.Hosting.Flows;

/// <summary>A link that a mail brought somebody to.</summary>
public sealed record MailedLink
{
    /// <summary>What it is for.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>The absolute URL that the page's form is sent to, by POST.</summary>
    public required string Action { get; init; }

    /// <summary>The value of the form's field <c>token</c>: the link's token, or the code that it carries.</summary>
    public required string Token { get; init; }

    /// <summary>The value of the form's field <c>csrf_token</c>.</summary>
    public required string CsrfToken { get; init; }

    /// <summary>Who is signed in here; null for nobody. A recovery ends that session, and the page says so before.</summary>
    public Session? Session { get; init; }
}

/// <summary>
/// The page that a link in a mail leads to. Nothing happens before its button is pressed: programs that look for harmful mails follow links, too. A host that wants another page registers its own.
/// </summary>
public interface IMailedLinkPage
{
    /// <summary>Answers the page: a form with the fields <c>token</c> and <c>csrf_token</c>, and a button.</summary>
    Task ShowAsync(HttpContext context, MailedLink link);
}
