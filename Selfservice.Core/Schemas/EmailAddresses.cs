namespace Selfservice.Schemas;

/// <summary>What counts as an e-mail address in forms.</summary>
public static class EmailAddresses
{
    /// <summary>Whether the text is an address that mail could be sent to: RFC 5322 without comments, with a host name.</summary>
    public static bool IsValid(string text) => EmailFormat.IsEmail(text);
}
