using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Flows;
using Selfservice.Hosting.Flows;
using Selfservice.Ui.Components;
using Selfservice.Ui.Pages;

namespace Selfservice.Ui.Mail;

/// <summary>The page that a link in a mail leads to, in the look of the other pages. A host that has not mapped those keeps the plain one.</summary>
internal sealed class MailedLinkPage : IMailedLinkPage
{
    private readonly PlainMailedLinkPage _plain = new();

    /// <summary>Whether the pages are mapped, and with them what this one is made of.</summary>
    public bool IsMapped { get; set; }

    public Task ShowAsync(HttpContext context, MailedLink link)
    {
        if (!IsMapped)
            return _plain.ShowAsync(context, link);
        var state = context.RequestServices.GetRequiredService<PageState>();
        state.Show(link);
        PageHeaders.Apply(context, state.Options, new() { Action = link.Action });
        // The address of this page holds the secret: not even our own next page learns it.
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new PageResult<MailedLinkView>().ExecuteAsync(context);
    }

    public static string Title(MailedLink link, PageTexts texts) => link.Kind == FlowKind.Recovery ? texts.RecoveryTitle : texts.VerificationTitle;
}
