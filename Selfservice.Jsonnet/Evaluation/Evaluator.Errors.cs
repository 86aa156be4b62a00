using System.Globalization;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

internal sealed partial class Evaluator
{
    private const int MaxTraceFrames = 100;

    public EvaluationException Fail(string message) => Fail(JsonnetErrorKind.Runtime, message);

    public EvaluationException FailLimit(string what) => Fail(JsonnetErrorKind.Limit, "limit exceeded: " + what);

    /// <summary>An error at the innermost place of the program that is at work.</summary>
    public EvaluationException Fail(JsonnetErrorKind kind, string message)
    {
        var trace = new List<Place>();
        if (Current is not null)
            trace.Add(Current.Place);
        for (var i = _depth - 1; i >= 0 && trace.Count < MaxTraceFrames; i--)
        {
            // A library function that works level by level leaves several frames for one call.
            if (_sites[i].Node is { } node && (trace.Count == 0 || trace[^1] != node.Place))
                trace.Add(node.Place);
        }

        return new EvaluationException(kind, message, trace);
    }

    public EvaluationException FailType(Value value) => Fail($"Unexpected type {value.TypeName}");

    public EvaluationException FailType(Value value, string expected) => Fail($"Unexpected type {value.TypeName}, expected {expected}");

    public StringValue AsString(Value value) => value as StringValue ?? throw FailType(value, "string");

    public double AsNumber(Value value) => value is NumberValue number ? number.Content : throw FailType(value, "number");

    public bool AsBoolean(Value value) => value is BooleanValue boolean ? boolean.Content : throw FailType(value, "boolean");

    public ArrayValue AsArray(Value value) => value as ArrayValue ?? throw FailType(value, "array");

    public ObjectValue AsObject(Value value) => value as ObjectValue ?? throw FailType(value, "object");

    public FunctionValue AsFunction(Value value) => value as FunctionValue ?? throw FailType(value, "function");

    public int AsInteger(Value value)
    {
        var number = AsNumber(value);
        var whole = (int)number;
        if (whole != number)
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"Expected an integer, but got {Numbers.ToText(number)}"));
        return whole;
    }

    /// <summary>A result of arithmetic, which must be a number that JSON knows.</summary>
    public NumberValue Checked(double number)
    {
        if (double.IsFinite(number))
            return NumberValue.Of(number);
        throw Fail(double.IsNaN(number) ? "Not a number" : "Overflow");
    }
}
