using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Ui;

/// <summary>English. Most texts stay as the flow has them; the few that talk to developers are said in plain words.</summary>
internal sealed class DefaultMessageTexts : IMessageTexts
{
    public string GetText(Message message) => message.Id.Value switch
    {
        1040009 => "Choose how you want to sign in from now on.",
        1010003 => "Please confirm that it is you before you go on.",
        1010004 => "One more step: prove it with your second factor.",
        1010016 when Value(message, "duplicate_identifier") is { } who && Value(message, "provider") is { } provider =>
            $"{who} belongs to an account here. Sign in to it as before, and {provider} is added as another way to sign in.",
        4000001 when message.Text.Contains("returned error \"access_denied\"", StringComparison.Ordinal) => "The sign-in was cancelled before it was done. Try again, or choose another way.",
        4000001 when message.Text.Contains("last remaining first factor", StringComparison.Ordinal) => "This is your only way to sign in. Add another one before you take it away.",
        1060002 or 1080001 => "Follow the link in the message; you can close this page. If nothing arrives within a few minutes, look into the spam folder and check the spelling of the address.",
        1060003 or 1080003 => "Enter the code from the message. If nothing arrives within a few minutes, look into the spam folder and check the spelling of the address.",
        1070004 => "Sign-in ID",
        4000002 => "Please fill in this field.",
        4000003 when Value(message, "min_length") is { } min => $"Enter at least {min} characters.",
        4000004 => "This does not have the expected format.",
        4000017 when Value(message, "max_length") is { } max => $"Enter at most {max} characters.",
        4000018 when Value(message, "minimum") is { } minimum => $"Enter a number that is {minimum} or more.",
        4000019 when Value(message, "minimum") is { } above => $"Enter a number above {above}.",
        4000020 when Value(message, "maximum") is { } maximum => $"Enter a number that is {maximum} or less.",
        4000021 when Value(message, "maximum") is { } below => $"Enter a number below {below}.",
        4000029 when Value(message, "expected") is "true" => "Please tick this box to go on.",
        4010001 or 4040001 => "The page was open for too long, so we started afresh. Please try again.",
        4010002 or 4010003 => "That did not work. Please fill in the form and try again.",
        _ => message.Text,
    };

    private static string? Value(Message message, string name) => message.Context?[name] is JsonValue value ? value.ToString() : null;
}
