namespace Selfservice.Jsonnet.Syntax;

internal sealed partial class Parser
{
    /// <summary>An object or object comprehension after its opening brace.</summary>
    private Expr ParseObject(Token begin)
    {
        var members = new List<ObjectMember>();
        var literalNames = new HashSet<string>(StringComparer.Ordinal);
        var localNames = new HashSet<string>(StringComparer.Ordinal);
        var comma = true;
        while (true)
        {
            var next = Take();
            if (next.Kind == TokenKind.BraceRight)
                return new ObjectExpr(members, begin.Start, End);
            if (next.Kind == TokenKind.For)
                return ParseObjectComprehension(begin, next, members);
            if (!comma)
                throw Fail("Expected a comma before next field", next);
            members.Add(next.Kind switch
            {
                TokenKind.Local => ParseObjectLocal(next, localNames),
                TokenKind.Assert => ParseObjectAssert(next),
                TokenKind.BracketLeft or TokenKind.Identifier => ParseField(next, literalNames),
                _ when next.IsString => ParseField(next, literalNames),
                TokenKind.EndOfFile => throw Fail("Unexpected: end of file while parsing field definition", next),
                _ => throw Fail($"Unexpected: {next.Describe()} while parsing field definition", next),
            });
            comma = TakeIf(TokenKind.Comma);
        }
    }

    private ObjectCompExpr ParseObjectComprehension(Token begin, Token forToken, List<ObjectMember> members)
    {
        if (members.Exists(member => member.Kind == MemberKind.Assert))
            throw Fail("Object comprehension cannot have asserts", forToken);
        var fields = members.FindAll(member => member.IsField);
        if (fields.Count != 1)
            throw Fail("Object comprehension can only have one field", forToken);
        if (fields[0].Visibility != Visibility.Inherited)
            throw Fail("Object comprehensions cannot have hidden fields", forToken);
        if (fields[0].Kind != MemberKind.ComputedField)
            throw Fail("Object comprehensions can only have [e] fields", forToken);
        var clauses = ParseForClauses(TokenKind.BraceRight);
        return new ObjectCompExpr(members, clauses, begin.Start, End);
    }

    private ObjectMember ParseField(Token name, HashSet<string> literalNames)
    {
        Expr? computed = null;
        var fieldName = name.Text;
        if (name.Kind == TokenKind.BracketLeft)
        {
            computed = ParseExpression(Loosest);
            Expect(TokenKind.BracketRight);
        }
        else if (name.IsString)
        {
            fieldName = ToStringExpr(name).Value;
        }

        var parameters = TakeIf(TokenKind.ParenLeft) ? ParseParametersInside("method parameter") : null;
        var (adds, visibility) = ParseFieldOperator();
        if (adds && parameters is not null)
            throw Fail($"Cannot use +: syntax sugar in a method: {name.Text}", name);
        // Equal as written: the same name behind different escapes is found when the object is made.
        if (computed is null && !literalNames.Add(name.Text))
            throw Fail($"Duplicate field: {name.Text}", name);
        var value = ParseInside();
        if (parameters is not null)
            value = new FunctionExpr(parameters, value, name.Start, End);
        return new ObjectMember(
            computed is null ? MemberKind.NamedField : MemberKind.ComputedField, fieldName, computed, value, null, visibility, adds, name.Start, End);
    }

    private (bool Adds, Visibility Visibility) ParseFieldOperator()
    {
        var op = Expect(TokenKind.Operator);
        return op.Text switch
        {
            ":" => (false, Visibility.Inherited),
            "::" => (false, Visibility.Hidden),
            ":::" => (false, Visibility.Forced),
            "+:" => (true, Visibility.Inherited),
            "+::" => (true, Visibility.Hidden),
            "+:::" => (true, Visibility.Forced),
            _ => throw Fail($"Expected one of :, ::, :::, +:, +::, +:::, got: {op.Text}", op),
        };
    }

    private ObjectMember ParseObjectLocal(Token begin, HashSet<string> names)
    {
        _objectLevel++;
        var binding = ParseBinding(names.Contains);
        _objectLevel--;
        names.Add(binding.Name);
        return new ObjectMember(MemberKind.Local, binding.Name, null, binding.Value, null, Visibility.Hidden, false, begin.Start, End);
    }

    private ObjectMember ParseObjectAssert(Token begin)
    {
        _objectLevel++;
        var condition = ParseExpression(Loosest);
        var message = ParseMessage();
        _objectLevel--;
        return new ObjectMember(MemberKind.Assert, null, null, condition, message, Visibility.Hidden, false, begin.Start, End);
    }

    private Expr ParseInside()
    {
        _objectLevel++;
        var value = ParseExpression(Loosest);
        _objectLevel--;
        return value;
    }

    private List<Parameter> ParseParametersInside(string kind)
    {
        _objectLevel++;
        var parameters = ParseParameters(kind);
        _objectLevel--;
        return parameters;
    }
}
