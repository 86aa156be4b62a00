namespace Selfservice.Ui;

/// <summary>What a person can do first about an error.</summary>
public enum ErrorAction
{
    /// <summary>Sign in afresh.</summary>
    StartAgain,

    /// <summary>Go to the home page.</summary>
    Home,

    /// <summary>Prove a second factor.</summary>
    SecondFactor,

    /// <summary>Prove again who they are.</summary>
    Refresh,
}

/// <summary>What the error page says to one error.</summary>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Explanation">Why, and what to do, in plain words.</param>
public sealed record ErrorText(string Title, string Explanation)
{
    /// <summary>The first of the ways on. Default: start again.</summary>
    public ErrorAction Action { get; init; }
}
