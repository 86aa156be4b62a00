namespace Selfservice.Jsonnet.Syntax;

internal sealed partial class Parser
{
    /// <summary>A terminal and what follows it most tightly: members, indexes, slices, calls and object extensions.</summary>
    private Expr ParsePostfix(Token begin)
    {
        var target = ParseTerminal();
        while (true)
        {
            switch (Current.Kind)
            {
                case TokenKind.Dot:
                    Nest(Take());
                    var member = Expect(TokenKind.Identifier);
                    target = new IndexExpr(target, new StringExpr(member.Text, false, member.Start, member.End), begin.Start, End);
                    break;
                case TokenKind.BracketLeft:
                    Nest(Take());
                    target = ParseIndexOrSlice(target, begin);
                    break;
                case TokenKind.ParenLeft:
                    Nest(Take());
                    target = ParseCall(target, begin);
                    break;
                case TokenKind.BraceLeft:
                    Nest(Current);
                    var extension = ParseObject(Take());
                    target = new BinaryExpr("+", target, extension, begin.Start, End);
                    break;
                default:
                    return target;
            }
        }
    }

    private Expr ParseTerminal()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.EndOfFile:
                throw Fail("Unexpected end of file", token);
            case TokenKind.BraceLeft:
                return ParseObject(token);
            case TokenKind.BracketLeft:
                return ParseArray(token);
            case TokenKind.ParenLeft:
                var inner = ParseExpression(Loosest);
                Expect(TokenKind.ParenRight);
                return new ParensExpr(inner, token.Start, End);
            case TokenKind.Number:
                return new NumberExpr(token.Text, token.Start, token.End);
            case TokenKind.True or TokenKind.False:
                return new BooleanExpr(token.Kind == TokenKind.True, token.Start, token.End);
            case TokenKind.Null:
                return new NullExpr(token.Start, token.End);
            case TokenKind.Dollar:
                if (_objectLevel == 0)
                    _deferred ??= Fail("No top-level object found.", token);
                return new DollarExpr(token.Start, token.End);
            case TokenKind.Identifier:
                return new VariableExpr(token.Text, token.Start, token.End);
            case TokenKind.Self:
                return new SelfExpr(token.Start, token.End);
            case TokenKind.Super:
                return ParseSuper(token);
            default:
                return token.IsString ? ToStringExpr(token) : throw Fail($"Unexpected: {token.Describe()} while parsing terminal", token);
        }
    }

    private StringExpr ToStringExpr(Token token)
    {
        if (token.Kind is not (TokenKind.StringDouble or TokenKind.StringSingle))
            return new StringExpr(token.Text, token.Kind == TokenKind.StringBlock, token.Start, token.End);
        var (text, problem) = StringEscapes.Resolve(token.Text);
        if (problem is not null)
            _deferred ??= Fail(problem, token);
        return new StringExpr(text, false, token.Start, token.End);
    }

    private SuperIndexExpr ParseSuper(Token begin)
    {
        var next = Take();
        if (next.Kind == TokenKind.Dot)
        {
            var member = Expect(TokenKind.Identifier);
            return new SuperIndexExpr(new StringExpr(member.Text, false, member.Start, member.End), begin.Start, End);
        }

        if (next.Kind != TokenKind.BracketLeft)
            throw Fail("Expected . or [ after super", begin);
        var name = ParseExpression(Loosest);
        Expect(TokenKind.BracketRight);
        return new SuperIndexExpr(name, begin.Start, End);
    }

    private Expr ParseIndexOrSlice(Expr target, Token begin)
    {
        var parts = new Expr?[3];
        var colons = 0;
        var mayReadPart = true;
        while (true)
        {
            var next = Current;
            if (next.Kind == TokenKind.BracketRight)
                break;
            if (next.IsOperator(":") || next.IsOperator("::"))
            {
                colons += next.Text.Length;
                Take();
                if (colons > 2)
                    throw Fail("Invalid slice: too many colons", next);
                mayReadPart = true;
            }
            else if (mayReadPart)
            {
                parts[colons] = ParseExpression(Loosest);
                mayReadPart = false;
            }
            else
            {
                throw Fail($"Expected token {Token.KindName(TokenKind.BracketRight)} but got {next.Describe()}", next);
            }
        }

        var close = Take();
        if (colons > 0)
            return new SliceExpr(target, parts[0], parts[1], parts[2], begin.Start, End);
        return new IndexExpr(target, parts[0] ?? throw Fail("ast.Index requires an expression", close), begin.Start, End);
    }

    private CallExpr ParseCall(Expr target, Token begin)
    {
        var positional = new List<Expr>();
        var named = new List<(string, Expr)>();
        var comma = true;
        while (!TakeIf(TokenKind.ParenRight))
        {
            var next = Current;
            if (!comma)
                throw Fail($"Expected a comma before next function argument, got {next.Describe()}", next);
            var isNamed = next.Kind == TokenKind.Identifier && tokens[_index + 1].IsOperator("=");
            if (isNamed)
                _index += 2;
            var value = ParseExpression(Loosest);
            comma = TakeIf(TokenKind.Comma);
            if (isNamed)
                named.Add((next.Text, value));
            else if (named.Count > 0)
                throw Fail("Positional argument after a named argument is not allowed", next);
            else
                positional.Add(value);
        }

        var tailStrict = TakeIf(TokenKind.TailStrict);
        return new CallExpr(target, positional, named, tailStrict, begin.Start, End);
    }

    private Expr ParseArray(Token begin)
    {
        if (TakeIf(TokenKind.BracketRight))
            return new ArrayExpr([], begin.Start, End);
        var first = ParseExpression(Loosest);
        var comma = TakeIf(TokenKind.Comma);
        if (TakeIf(TokenKind.For))
        {
            var clauses = ParseForClauses(TokenKind.BracketRight);
            return new ArrayCompExpr(first, clauses, begin.Start, End);
        }

        var elements = new List<Expr> { first };
        while (!TakeIf(TokenKind.BracketRight))
        {
            if (!comma)
                throw Fail("Expected a comma before next array element", Current);
            elements.Add(ParseExpression(Loosest));
            comma = TakeIf(TokenKind.Comma);
        }

        return new ArrayExpr(elements, begin.Start, End);
    }

    /// <summary>The clauses after the first <c>for</c>, up to and with the closing bracket.</summary>
    private List<ForClause> ParseForClauses(TokenKind close)
    {
        var clauses = new List<ForClause>();
        while (true)
        {
            var variable = Expect(TokenKind.Identifier);
            Expect(TokenKind.In);
            var source = ParseExpression(Loosest);
            var conditions = new List<Expr>();
            while (TakeIf(TokenKind.If))
                conditions.Add(ParseExpression(Loosest));
            clauses.Add(new ForClause(variable.Text, source, conditions));
            Nest(Current);
            var next = Take();
            if (next.Kind == close)
                return clauses;
            if (next.Kind != TokenKind.For)
                throw Fail($"Expected for, if or {Token.KindName(close)} after for clause, got: {next.Describe()}", next);
        }
    }
}
