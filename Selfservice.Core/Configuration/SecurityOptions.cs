namespace Selfservice.Configuration;

/// <summary>What is weighed against comfort.</summary>
public sealed class SecurityOptions
{
    /// <summary>Whether strangers can learn who has an account.</summary>
    public AccountEnumerationOptions AccountEnumeration { get; set; } = new();

    /// <summary>How many messages flows may cause.</summary>
    public MessageBudgetOptions MessageBudget { get; set; } = new();

    /// <summary>
    /// Whether a link in a mail acts as soon as it is followed, as the contract's origin has it, instead of showing a page with a button. Programs that look for harmful mails
    /// follow links, too, and use them up. Default: false.
    /// </summary>
    public bool InsecureLinksActOnGet { get; set; }
}

/// <summary>How many messages flows may cause. Who has had their share is answered as before; nothing is sent.</summary>
public sealed class MessageBudgetOptions
{
    /// <summary>How many messages one recipient gets within <see cref="Window"/>, at least 1. Default: 10.</summary>
    public int PerRecipient { get; set; } = 10;

    /// <summary>How many messages one client address causes within <see cref="Window"/>, at least 1. Default: 100, as many people may share one.</summary>
    public int PerClient { get; set; } = 100;

    /// <summary>The time, counted from the first message. Default: 1 hour, longer than nothing, at most 36,500 days.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Whether strangers can learn who has an account.</summary>
public sealed class AccountEnumerationOptions
{
    /// <summary>
    /// Whether identifier-first login goes on in the same way for unknown identifiers, and a change of one's own address to a taken one is answered as one to a free address is, where changes wait for
    /// their proof. Default: false.
    /// </summary>
    public bool Mitigate { get; set; }
}
