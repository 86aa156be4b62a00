namespace Selfservice.Courier.Smtp;

/// <summary>What the server answers (RFC 5321, 4.2).</summary>
/// <param name="Code">The reply code, three digits.</param>
/// <param name="Lines">The text of its lines.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>Whether the command was done, or may go on.</summary>
    public bool IsPositive => Code is >= 200 and < 400;

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}
