using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Selfservice.Schemas;

/// <summary>Evaluates the document <c>{"traits": …}</c> and turns what was found into an answer.</summary>
internal static class TraitsEvaluator
{
    private const int MaxViolations = 100;

    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true, MaxDepth = SchemaEvaluator.MaxDepth };

    // Two values under one name mean different things to different readers: what was checked must be what is used.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = SchemaEvaluator.MaxDepth };

    public static TraitsEvaluation Evaluate(SchemaNode root, Action<Utf8JsonWriter> writeTraits)
    {
        try
        {
            using var document = Wrap(writeTraits);
            var evaluator = new SchemaEvaluator();
            var error = evaluator.Check(root, document.RootElement, null);
            return error is null ? evaluator.Derived.ToEvaluation() : Refuse(error);
        }
        catch (EvaluationLimitException e)
        {
            return Refuse(Limit(e.Message));
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return Refuse(Limit("text takes too long to be checked"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refuse(Limit("traits must be valid JSON without duplicate names, at most 64 levels deep"));
        }
    }

    private static JsonDocument Wrap(Action<Utf8JsonWriter> writeTraits)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Unchecked))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("traits"u8);
            writeTraits(writer);
            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory, Strict);
    }

    private static TraitsEvaluation Refuse(Finding error)
    {
        var violations = error.Leaves(fromExtension: false).Take(MaxViolations).ToArray();
        var dump = new StringBuilder();
        error.Dump(dump, 0);
        return new TraitsEvaluation
        {
            Violations = violations.Length > 0 ? violations : [.. error.Leaves(fromExtension: true).Take(MaxViolations)],
            DumpText = dump.ToString(),
        };
    }

    private static Finding Limit(string text) => new(new InstancePath(null, "traits"), "#/properties/traits", text);
}
