using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Selfservice.Hosting.Http;

/// <summary>Decides which kind of client asks, by the contract's own rules: they differ from those of HTTP in what parameters and ties mean.</summary>
internal static class Negotiation
{
    private static readonly string[] AllOffers = ["text/html", "text/*", "*/*", "application/json"];
    private static readonly string[] InitOffers = ["text/html", "application/json"];

    /// <summary>A script or a native client: it asks for JSON or sends it.</summary>
    public static bool IsJson(HttpRequest request) => Negotiate(request, AllOffers) == "application/json" || request.Headers.ContentType == "application/json";

    /// <summary>A client that asks for JSON.</summary>
    public static bool AcceptsJson(HttpRequest request) => Negotiate(request, InitOffers) == "application/json";

    private static string Negotiate(HttpRequest request, string[] offers)
    {
        var (best, bestQuality, bestWildness) = ("text/html", -1.0, 3);
        var specs = Parse(request.Headers.Accept);
        foreach (var offer in offers)
        {
            foreach (var (type, quality) in specs)
            {
                var wildness = type == "*/*" ? 2
                    : type.EndsWith("/*", StringComparison.Ordinal) && offer.StartsWith(type[..^1], StringComparison.Ordinal) ? 1
                    : type == offer ? 0 : -1;
                if (wildness < 0 || quality <= 0 || quality < bestQuality || (quality == bestQuality && wildness >= bestWildness))
                    continue;
                (best, bestQuality, bestWildness) = (offer, quality, wildness);
            }
        }

        return best;
    }

    private static List<(string Type, double Quality)> Parse(Microsoft.Extensions.Primitives.StringValues lines)
    {
        var specs = new List<(string, double)>();
        foreach (var line in lines)
        {
            foreach (var item in (line ?? "").Split(','))
            {
                var parts = item.Split(';');
                var quality = 1.0;
                // A parameter other than the weight makes this type, and all that follow in the line, mean nothing.
                if (parts.Length > 1 && !(parts[1].Trim().StartsWith("q=", StringComparison.Ordinal)
                    && double.TryParse(parts[1].Trim().AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality)))
                {
                    break;
                }

                if (parts[0].Trim() is { Length: > 0 } type)
                    specs.Add((type, quality));
            }
        }

        return specs;
    }
}
