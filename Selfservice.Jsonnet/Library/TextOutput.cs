using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Text that a manifest function builds, counted against the limits as it grows.</summary>
internal sealed class TextOutput(Evaluator evaluator)
{
    private readonly StringBuilder _text = new();

    public Evaluator Evaluator { get; } = evaluator;

    public TextOutput Append(string text)
    {
        Evaluator.Charge(2L * text.Length);
        if (_text.Length + (long)text.Length > Evaluator.MaxOutputLength)
            throw Evaluator.FailLimit(string.Create(CultureInfo.InvariantCulture, $"more than {Evaluator.MaxOutputLength} characters of output"));
        _text.Append(text);
        return this;
    }

    public TextOutput Quoted(string text) => Append(StdStrings.QuoteJson(text));

    public StringValue ToValue() => StringValue.Of(_text.ToString());

    /// <summary>Writes one level of nested data: a frame, and room on the stack.</summary>
    public void Nested(Action write)
    {
        if (!Evaluator.HasStack)
        {
            Evaluator.OnFreshStack<object?>(() =>
            {
                Nested(write);
                return null;
            });
            return;
        }

        var site = Evaluator.Enter();
        write();
        Evaluator.Leave(site);
    }
}
