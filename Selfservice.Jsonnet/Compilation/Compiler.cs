using System.Globalization;
using System.Runtime.CompilerServices;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Library;
using Selfservice.Jsonnet.Syntax;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Compilation;

/// <summary>
/// Desugars the syntax tree to nodes and resolves every variable to a slot. Names that do not exist and <c>self</c> or <c>super</c> outside an object
/// are found here, in the order in which the reference's analysis finds them.
/// </summary>
internal sealed partial class Compiler(SourceFile file, int maxNesting, CancellationToken cancellation)
{
    private const int GuardEvery = 32;
    private readonly Dictionary<string, (FrameScope Frame, int Slot)> _variables = new(StringComparer.Ordinal);
    private FrameScope _frame = new(null, isObject: false);
    private Origin _origin = new(file, "$");
    private int _nesting;

    /// <summary>The program's node and the number of slots it needs.</summary>
    public (Node Node, int FrameSize) Run(Expr program)
    {
        var node = Compile(program);
        return (node, _frame.SlotCount);
    }

    private Place At(Expr expr) => new(_origin, expr.Start, expr.End);

    private StaticErrorException Fail(string message, Expr at) => new(file, message, at.Start, at.End);

    private Node Compile(Expr expr, bool isTail = false)
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_nesting > maxNesting)
            throw new StaticErrorException(file, "The program is nested too deeply.", expr.Start, expr.End) { IsLimit = true };
        var node = CompileKind(expr, isTail);
        if (_nesting-- % GuardEvery == 0 && node is not ConstantNode)
            node = new GuardNode(node);
        return node;
    }

    private Node CompileKind(Expr expr, bool isTail) => expr switch
    {
        ParensExpr parens => Compile(parens.Inner, isTail),
        NullExpr => new ConstantNode(At(expr), NullValue.Instance),
        BooleanExpr boolean => new ConstantNode(At(expr), BooleanValue.Of(boolean.Value)),
        NumberExpr number => CompileNumber(number),
        StringExpr text => new ConstantNode(At(expr), MakeString(text.Value)),
        VariableExpr variable => CompileVariable(variable),
        SelfExpr => CompileSelf(expr),
        DollarExpr => new SelfNode(At(expr), _frame.HopsTo(_frame.OutermostObject())),
        ArrayExpr array => new ArrayNode(At(expr), CompileAll(array.Elements)),
        UnaryExpr unary => new UnaryNode(At(expr), unary.Operator[0], Compile(unary.Operand)),
        BinaryExpr binary => CompileBinary(binary),
        InSuperExpr inSuper => CompileInSuper(inSuper),
        SuperIndexExpr super => CompileSuper(super),
        IndexExpr index => CompileIndex(index),
        SliceExpr slice => CompileSlice(slice),
        CallExpr call => CompileCall(call, isTail),
        FunctionExpr function => CompileFunction(function, "anonymous"),
        LocalExpr local => CompileLocal(local, isTail),
        IfExpr conditional => CompileIf(conditional, isTail),
        ErrorExpr error => new ErrorNode(At(expr), Compile(error.Message)),
        AssertExpr assertion => CompileAssert(assertion, isTail),
        ImportExpr import => new ImportNode(At(expr), import.Kind, import.Path),
        ObjectExpr obj => CompileObject(expr, obj.Members),
        ObjectCompExpr comprehension => CompileObjectComprehension(comprehension),
        ArrayCompExpr comprehension => CompileArrayComprehension(comprehension),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A literal is shared between threads, so what a string remembers of itself is computed now.</summary>
    private static StringValue MakeString(string text)
    {
        var value = StringValue.Of(text);
        _ = value.Length;
        return value;
    }

    private Node[] CompileAll(IReadOnlyList<Expr> exprs)
    {
        var nodes = new Node[exprs.Count];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = Compile(exprs[i]);
        return nodes;
    }

    private Node CompileNumber(NumberExpr number)
    {
        var value = double.Parse(number.Digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsInfinity(value) ? new OverflowNode(At(number)) : new ConstantNode(At(number), NumberValue.Of(value));
    }

    private Node CompileVariable(VariableExpr variable)
    {
        if (_variables.TryGetValue(variable.Name, out var found))
            return new VariableNode(At(variable), _frame.HopsTo(found.Frame), found.Slot);
        return variable.Name == "std" ? new StdNode(At(variable)) : throw Fail($"Unknown variable: {variable.Name}", variable);
    }

    private SelfNode CompileSelf(Expr expr) =>
        _frame.ObjectDepth > 0 ? new SelfNode(At(expr), 0) : throw Fail("Can't use self outside of an object.", expr);

    private InSuperNode CompileInSuper(InSuperExpr expr) =>
        _frame.ObjectDepth > 0 ? new InSuperNode(At(expr), Compile(expr.Name)) : throw Fail("Can't use super outside of an object.", expr);

    private SuperIndexNode CompileSuper(SuperIndexExpr expr) =>
        _frame.ObjectDepth > 0 ? new SuperIndexNode(At(expr), Compile(expr.Name)) : throw Fail("Can't use super outside of an object.", expr);

    private Node CompileBinary(BinaryExpr binary)
    {
        var left = Compile(binary.Left);
        var right = Compile(binary.Right);
        var place = At(binary);
        return binary.Operator switch
        {
            "+" => new AddNode(place, left, right),
            "-" or "*" or "/" => new ArithmeticNode(place, binary.Operator[0], left, right),
            "%" => new PercentNode(place, left, right),
            "&" or "|" or "^" or "<<" or ">>" => new BitwiseNode(place, binary.Operator, left, right),
            "==" => new EqualNode(place, false, left, right),
            "!=" => new EqualNode(place, true, left, right),
            "<" or "<=" or ">" or ">=" => new CompareNode(place, binary.Operator, left, right),
            "&&" => new LogicNode(place, false, left, right),
            "||" => new LogicNode(place, true, left, right),
            "in" => new InNode(place, left, right),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private Node CompileIndex(IndexExpr index)
    {
        var name = (index.Index as StringExpr)?.Value;
        if (name is not null && index.Target is VariableExpr { Name: "std" } && !_variables.ContainsKey("std"))
        {
            if (name == "thisFile")
                return new ConstantNode(At(index), MakeString(file.Name));
            if (StdLibrary.Find(name) is { } member)
                return new ConstantNode(At(index), member);
        }

        var target = Compile(index.Target);
        if (name is not null)
            return new FieldAccessNode(At(index), target, string.Intern(name));
        return new IndexNode(At(index), target, Compile(index.Index));
    }

    private SliceNode CompileSlice(SliceExpr slice)
    {
        var target = Compile(slice.Target);
        return new SliceNode(At(slice), target, Part(slice.From), Part(slice.To), Part(slice.Step));

        Node Part(Expr? part) => part is null ? new ConstantNode(At(slice), NullValue.Instance) : Compile(part);
    }

    private CallNode CompileCall(CallExpr call, bool isTail)
    {
        var target = Compile(call.Target);
        var positional = CompileAll(call.Positional);
        var named = new NamedArgument[call.Named.Count];
        for (var i = 0; i < named.Length; i++)
            named[i] = new NamedArgument(call.Named[i].Name, Compile(call.Named[i].Value));
        return new CallNode(At(call), target, positional, named, call.TailStrict, isTail);
    }

    private IfNode CompileIf(IfExpr conditional, bool isTail)
    {
        var condition = Compile(conditional.Condition);
        var then = Compile(conditional.Then, isTail);
        var otherwise = conditional.Else is null ? new ConstantNode(At(conditional), NullValue.Instance) : Compile(conditional.Else, isTail);
        return new IfNode(At(conditional), condition, then, otherwise);
    }

    private IfNode CompileAssert(AssertExpr assertion, bool isTail)
    {
        var condition = Compile(assertion.Condition);
        var rest = Compile(assertion.Rest, isTail);
        return new IfNode(At(assertion), condition, rest, CompileFailure(At(assertion), assertion.Message, "Assertion failed"), isAssertion: true);
    }

    private ErrorNode CompileFailure(Place place, Expr? message, string fallback) =>
        new(place, message is null ? new ConstantNode(place, MakeString(fallback)) : Compile(message));
}
