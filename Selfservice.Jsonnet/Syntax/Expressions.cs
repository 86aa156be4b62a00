namespace Selfservice.Jsonnet.Syntax;

/// <summary>What the parser builds: the program as written, before desugaring.</summary>
internal abstract record Expr(int Start, int End);

internal sealed record NullExpr(int Start, int End) : Expr(Start, End);

internal sealed record BooleanExpr(bool Value, int Start, int End) : Expr(Start, End);

internal sealed record NumberExpr(string Digits, int Start, int End) : Expr(Start, End);

internal sealed record StringExpr(string Value, bool IsBlock, int Start, int End) : Expr(Start, End);

internal sealed record VariableExpr(string Name, int Start, int End) : Expr(Start, End);

internal sealed record SelfExpr(int Start, int End) : Expr(Start, End);

internal sealed record DollarExpr(int Start, int End) : Expr(Start, End);

internal sealed record ParensExpr(Expr Inner, int Start, int End) : Expr(Start, End);

internal sealed record ArrayExpr(IReadOnlyList<Expr> Elements, int Start, int End) : Expr(Start, End);

internal sealed record ArrayCompExpr(Expr Body, IReadOnlyList<ForClause> Clauses, int Start, int End) : Expr(Start, End);

internal sealed record ObjectExpr(IReadOnlyList<ObjectMember> Members, int Start, int End) : Expr(Start, End);

internal sealed record ObjectCompExpr(IReadOnlyList<ObjectMember> Members, IReadOnlyList<ForClause> Clauses, int Start, int End) : Expr(Start, End);

internal sealed record UnaryExpr(string Operator, Expr Operand, int Start, int End) : Expr(Start, End);

internal sealed record BinaryExpr(string Operator, Expr Left, Expr Right, int Start, int End) : Expr(Start, End);

internal sealed record InSuperExpr(Expr Name, int Start, int End) : Expr(Start, End);

/// <summary><c>super.name</c> and <c>super[expr]</c>.</summary>
internal sealed record SuperIndexExpr(Expr Name, int Start, int End) : Expr(Start, End);

internal sealed record IndexExpr(Expr Target, Expr Index, int Start, int End) : Expr(Start, End);

internal sealed record SliceExpr(Expr Target, Expr? From, Expr? To, Expr? Step, int Start, int End) : Expr(Start, End);

internal sealed record CallExpr(Expr Target, IReadOnlyList<Expr> Positional, IReadOnlyList<(string Name, Expr Value)> Named, bool TailStrict, int Start, int End)
    : Expr(Start, End);

internal sealed record FunctionExpr(IReadOnlyList<Parameter> Parameters, Expr Body, int Start, int End) : Expr(Start, End);

internal sealed record LocalExpr(IReadOnlyList<Binding> Bindings, Expr Body, int Start, int End) : Expr(Start, End);

internal sealed record IfExpr(Expr Condition, Expr Then, Expr? Else, int Start, int End) : Expr(Start, End);

internal sealed record ErrorExpr(Expr Message, int Start, int End) : Expr(Start, End);

internal sealed record AssertExpr(Expr Condition, Expr? Message, Expr Rest, int Start, int End) : Expr(Start, End);

/// <summary>The three kinds of import.</summary>
internal enum ImportKind
{
    Code,
    Text,
    Bytes,
}

internal sealed record ImportExpr(ImportKind Kind, string Path, int Start, int End) : Expr(Start, End);

internal sealed record Parameter(string Name, Expr? Default);

internal sealed record Binding(string Name, Expr Value);

internal sealed record ForClause(string Variable, Expr Source, IReadOnlyList<Expr> Conditions);

/// <summary>How a field shows: as inherited (one colon), hidden (two) or visible whatever was inherited (three).</summary>
internal enum Visibility
{
    Inherited,
    Hidden,
    Forced,
}

internal enum MemberKind
{
    NamedField,
    ComputedField,
    Local,
    Assert,
}

/// <param name="Kind">Field, local or assertion.</param>
/// <param name="Name">Of a named field or a local.</param>
/// <param name="NameExpr">Of a computed field.</param>
/// <param name="Value">The field's or local's value (a function for methods), or the assertion's condition.</param>
/// <param name="Message">Of an assertion.</param>
/// <param name="Visibility">Of a field.</param>
/// <param name="AddsToSuper">Whether the field was written with <c>+:</c>.</param>
/// <param name="Start">First offset.</param>
/// <param name="End">Offset after it.</param>
internal sealed record ObjectMember(
    MemberKind Kind, string? Name, Expr? NameExpr, Expr Value, Expr? Message, Visibility Visibility, bool AddsToSuper, int Start, int End)
{
    public bool IsField => Kind is MemberKind.NamedField or MemberKind.ComputedField;
}
