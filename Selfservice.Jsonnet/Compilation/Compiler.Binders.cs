using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Syntax;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Compilation;

internal sealed partial class Compiler
{
    /// <summary>Makes a name visible and answers what undoes it.</summary>
    private (string Name, bool Had, (FrameScope Frame, int Slot) Old) Declare(string name, int slot)
    {
        var had = _variables.TryGetValue(name, out var old);
        _variables[name] = (_frame, slot);
        return (name, had, old);
    }

    private void Undo(Stack<(string Name, bool Had, (FrameScope Frame, int Slot) Old)> declarations)
    {
        while (declarations.TryPop(out var declaration))
        {
            if (declaration.Had)
                _variables[declaration.Name] = declaration.Old;
            else
                _variables.Remove(declaration.Name);
        }
    }

    private Node CompileNamed(string name, Expr value, string kind) =>
        value is FunctionExpr function ? CompileFunction(function, name) : WithOrigin($"{kind} <{name}>", () => Compile(value));

    private T WithOrigin<T>(string name, Func<T> compile)
    {
        var outer = _origin;
        _origin = new Origin(file, name);
        var result = compile();
        _origin = outer;
        return result;
    }

    private FunctionNode CompileFunction(FunctionExpr function, string name)
    {
        var names = function.Parameters.Select(parameter => parameter.Name).ToArray();
        var optional = function.Parameters.Select(parameter => parameter.Default is not null).ToArray();
        var node = new FunctionNode(At(function), name, new Signature(names, optional), new Node?[names.Length]);
        var outer = _frame;
        _frame = new FrameScope(outer, isObject: false);
        var declarations = new Stack<(string, bool, (FrameScope, int))>();
        foreach (var parameter in names)
            declarations.Push(Declare(parameter, _frame.AddSlot()));
        var body = WithOrigin($"function <{name}>", () =>
        {
            for (var i = 0; i < names.Length; i++)
            {
                if (function.Parameters[i].Default is { } value)
                    node.SetDefault(i, Compile(value));
            }

            return Compile(function.Body, isTail: true);
        });
        node.Complete(body, _frame.SlotCount);
        Undo(declarations);
        _frame = outer;
        return node;
    }

    private LocalNode CompileLocal(LocalExpr local, bool isTail)
    {
        var declarations = new Stack<(string, bool, (FrameScope, int))>();
        var slots = new int[local.Bindings.Count];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = _frame.AddSlot();
            declarations.Push(Declare(local.Bindings[i].Name, slots[i]));
        }

        var bindings = new LocalBinding[slots.Length];
        for (var i = 0; i < slots.Length; i++)
            bindings[i] = new LocalBinding(slots[i], CompileNamed(local.Bindings[i].Name, local.Bindings[i].Value, "thunk"));
        var body = Compile(local.Body, isTail);
        Undo(declarations);
        return new LocalNode(At(local), bindings, body);
    }

    private ObjectNode CompileObject(Expr expr, IReadOnlyList<ObjectMember> members)
    {
        var node = new ObjectNode(At(expr));
        var outer = _frame;
        _frame = new FrameScope(outer, isObject: true);
        var declarations = new Stack<(string, bool, (FrameScope, int))>();
        var locals = members.Where(member => member.Kind == MemberKind.Local).ToArray();
        var slots = Array.ConvertAll(locals, _ => _frame.AddSlot());
        for (var i = 0; i < locals.Length; i++)
            declarations.Push(Declare(locals[i].Name!, slots[i]));
        var bindings = new LocalBinding[locals.Length];
        for (var i = 0; i < locals.Length; i++)
            bindings[i] = new LocalBinding(slots[i], CompileNamed(locals[i].Name!, locals[i].Value, "thunk"));
        var fields = members.Where(member => member.IsField).ToArray();
        var values = Array.ConvertAll(fields, field => CompileNamed(field.Name!, field.Value, "field"));
        var assertions = members.Where(member => member.Kind == MemberKind.Assert).Select(CompileAssertion).ToArray();
        var frameSize = _frame.SlotCount;
        Undo(declarations);
        _frame = outer;
        var fieldNodes = new FieldNode[fields.Length];
        for (var i = 0; i < fields.Length; i++)
            fieldNodes[i] = new FieldNode(CompileFieldName(expr, fields[i]), values[i], fields[i].Visibility, fields[i].AddsToSuper);
        node.Complete(fieldNodes, assertions, bindings, frameSize);
        return node;
    }

    private Node CompileFieldName(Expr expr, ObjectMember field) =>
        field.NameExpr is null ? new ConstantNode(At(expr), MakeString(string.Intern(field.Name!))) : Compile(field.NameExpr);

    private Node CompileAssertion(ObjectMember member)
    {
        var place = new Place(_origin, member.Start, member.End);
        var failure = CompileFailure(place, member.Message, "Object assertion failed.");
        return new IfNode(place, Compile(member.Value), new ConstantNode(place, BooleanValue.True), failure, isAssertion: true);
    }

    private ArrayComprehensionNode CompileArrayComprehension(ArrayCompExpr comprehension)
    {
        var node = new ArrayComprehensionNode(At(comprehension));
        var generators = new Generator[comprehension.Clauses.Count];
        Node? body = null;
        CompileClauses(comprehension.Clauses, 0, generators, () => body = Compile(comprehension.Body));
        node.Complete(generators, body!);
        return node;
    }

    private ObjectComprehensionNode CompileObjectComprehension(ObjectCompExpr comprehension)
    {
        var node = new ObjectComprehensionNode(At(comprehension));
        var generators = new Generator[comprehension.Clauses.Count];
        ObjectNode? body = null;
        CompileClauses(comprehension.Clauses, 0, generators, () => body = CompileObject(comprehension, comprehension.Members));
        node.Complete(generators, body!);
        return node;
    }

    /// <summary>Conditions, then what is inside, then the source: each clause is a function of the next applied to its source.</summary>
    private void CompileClauses(IReadOnlyList<ForClause> clauses, int index, Generator[] generators, Action compileBody)
    {
        var clause = clauses[index];
        var outer = _frame;
        _frame = new FrameScope(outer, isObject: false);
        var declarations = new Stack<(string, bool, (FrameScope, int))>();
        declarations.Push(Declare(clause.Variable, _frame.AddSlot()));
        var conditions = CompileAll(clause.Conditions);
        if (index + 1 < clauses.Count)
            CompileClauses(clauses, index + 1, generators, compileBody);
        else
            compileBody();
        var frameSize = _frame.SlotCount;
        Undo(declarations);
        _frame = outer;
        generators[index] = new Generator(Compile(clause.Source), conditions, frameSize);
    }
}
