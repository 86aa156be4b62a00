using System.Text.Json;

namespace Selfservice.Schemas;

internal static class JsonText
{
    /// <summary>The string, unless it holds half a surrogate pair: such a text cannot be stored or compared reliably.</summary>
    /// <exception cref="EvaluationLimitException">The text is not valid Unicode.</exception>
    public static string Read(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException e)
        {
            throw new EvaluationLimitException("text must be valid Unicode", e);
        }
    }
}

/// <summary>The value cannot be checked within bounds, so it is refused as a whole.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032", Justification = "Never leaves this namespace.")]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "Never leaves this namespace.")]
internal sealed class EvaluationLimitException(string message, Exception? inner = null) : Exception(message, inner);
