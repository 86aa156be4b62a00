using Selfservice.Configuration;
using Selfservice.Submissions;

namespace Selfservice.Flows;

/// <summary>What a link in a mail may do. It may be followed in another browser than the one that asked for it, and by programs that look for harmful mails.</summary>
internal static class MailedLinks
{
    /// <summary>The name of the field that carries a link's token, or the code that a link puts in the place of one.</summary>
    public const string TokenField = "token";

    /// <summary>
    /// Whether somebody may send a link's token. What counts is that a person pressed the button of this host's own page: a page elsewhere that sent it could sign its visitor in to
    /// the account of somebody else. Null when no link's token was sent.
    /// </summary>
    public static GuardVerdict? CheckSender(Flow flow, Submission submission, ClientContext client, SecurityOptions options)
    {
        if (submission.Text(TokenField) is null)
            return null;
        if (options.InsecureLinksActOnGet)
            return new GuardVerdict.Pass();
        var verdict = client.Guard.CheckForm(submission.Text(CsrfTokens.FieldName));
        // The link of a native client's flow is opened in a browser, or taken by the client itself, which has no form.
        return verdict is GuardVerdict.Refuse && flow.ClientType == ClientType.Api ? null : verdict;
    }

    /// <summary>Whether a link's token was sent.</summary>
    public static bool IsFollowed(Submission? submission) => submission?.Text(TokenField) is not null;
}
