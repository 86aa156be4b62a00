using System.Globalization;
using Selfservice.Errors;

namespace Selfservice.WebHooks;

/// <summary>What people are told when a web hook fails: never its address, its answer, or why.</summary>
internal static class WebHookErrors
{
    public static ErrorObject Unreachable { get; } = new() { Code = 504, Message = "webhook did not answer in time", Reason = "A third-party upstream service could not be reached. Please try again later." };

    public static ErrorObject Unusable { get; } = Improper("webhook answer could not be used");

    public static ErrorObject Status(int status) => Improper(string.Create(CultureInfo.InvariantCulture, $"webhook failed with status code {status}"));

    private static ErrorObject Improper(string message) =>
        new() { Code = 502, Message = message, Reason = "A third-party upstream service responded improperly. Please try again later." };
}
