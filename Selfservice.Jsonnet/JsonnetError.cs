using System.Globalization;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Syntax;

namespace Selfservice.Jsonnet;

/// <summary>Why a program gave no result. A value: nothing that a program does makes the library throw.</summary>
/// <param name="Kind">Who is to blame.</param>
/// <param name="Message">The message alone, without file and position; an <c>error</c> expression's own text.</param>
/// <param name="File">The name of the program, import or code variable with the error; null where no place in a program is concerned.</param>
/// <param name="Line">Line from 1; null like <paramref name="File"/>.</param>
/// <param name="Column">Column from 1, counted in UTF-8 bytes as the reference does; null like <paramref name="File"/>.</param>
/// <param name="Trace">How the program came there, innermost place first; at most 100 places.</param>
public sealed record JsonnetError(JsonnetErrorKind Kind, string Message, string? File, int? Line, int? Column, IReadOnlyList<JsonnetFrame> Trace)
{
    /// <summary>The innermost place as <c>file:line:column</c>; empty where there is none.</summary>
    public string Position => File is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");

    /// <summary>Message and trace in the style of the reference, several lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Kind == JsonnetErrorKind.Static)
        {
            text.Append(Trace.Count > 0 ? Trace[0].Location + " " : "").Append(Message).Append('\n');
            return text.ToString();
        }

        text.Append("RUNTIME ERROR: ").Append(Message).Append('\n');
        const int shown = 20;
        for (var i = 0; i < Trace.Count; i++)
        {
            if (Trace.Count > shown && i == shown / 2)
            {
                text.Append("\t...\n");
                i = Trace.Count - (shown / 2);
            }

            text.Append('\t').Append(Trace[i]).Append('\n');
        }

        return text.ToString();
    }

    internal static JsonnetError From(StaticErrorException exception)
    {
        var frame = new Place(new Origin(exception.File, ""), exception.Start, exception.End).ToFrame();
        var kind = exception.IsLimit ? JsonnetErrorKind.Limit : JsonnetErrorKind.Static;
        return new JsonnetError(kind, exception.Message, frame.File, frame.Line, frame.Column, [frame]);
    }

    internal static JsonnetError From(EvaluationException exception)
    {
        var trace = exception.Trace.Select(place => place.ToFrame()).ToArray();
        var first = trace.Length > 0 ? trace[0] : null;
        return new JsonnetError(exception.Kind, exception.Message, first?.File, first?.Line, first?.Column, trace);
    }
}
