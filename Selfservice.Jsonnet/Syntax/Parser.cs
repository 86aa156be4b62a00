using System.Runtime.CompilerServices;

namespace Selfservice.Jsonnet.Syntax;

/// <summary>
/// Recursive descent over the tokens with precedence climbing for operators. Problems that the reference finds only while desugaring (escapes,
/// <c>$</c> outside an object) are kept until the whole text has been parsed, so that a syntax error further down comes first.
/// </summary>
internal sealed partial class Parser(SourceFile file, List<Token> tokens, int maxNesting, CancellationToken cancellation)
{
    private const int Loosest = 14;
    private const int Unary = 4;

    private int _index;
    private int _nesting;
    private int _objectLevel;
    private StaticErrorException? _deferred;

    private Token Current => tokens[_index];

    public Expr Run()
    {
        var program = ParseExpression(Loosest);
        if (Current.Kind != TokenKind.EndOfFile)
            throw Fail($"Did not expect: {Current.Describe()}", Current);
        return _deferred is null ? program : throw _deferred;
    }

    private Token Take()
    {
        var token = tokens[_index];
        if (token.Kind != TokenKind.EndOfFile)
            _index++;
        return token;
    }

    private Token Expect(TokenKind kind, string suffix = "")
    {
        var token = Take();
        return token.Kind == kind ? token : throw Fail($"Expected token {Token.KindName(kind)} but got {token.Describe()}{suffix}", token);
    }

    private void ExpectOperator(string text)
    {
        var token = Take();
        if (!token.IsOperator(text))
            throw Fail($"Expected operator {text} but got {token.Describe()}", token);
    }

    private bool TakeIf(TokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Take();
        return true;
    }

    private StaticErrorException Fail(string message, Token at) => new(file, message, at.Start, at.End);

    private void Nest(Token at)
    {
        cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_nesting > maxNesting)
            throw new StaticErrorException(file, "The program is nested too deeply.", at.Start, at.End) { IsLimit = true };
    }

    private int End => _index == 0 ? 0 : tokens[_index - 1].End;

    /// <summary>Parses an expression of operators that bind at least as tightly as <paramref name="level"/> (the reference's numbering: 2 tightest).</summary>
    private Expr ParseExpression(int level)
    {
        var begin = Current;
        Nest(begin);
        var entered = _nesting;
        var result = begin.Kind switch
        {
            TokenKind.Assert => ParseAssert(),
            TokenKind.Error => ParseError(),
            TokenKind.If => ParseIf(),
            TokenKind.Function => ParseFunction(),
            TokenKind.Import => ParseImport(ImportKind.Code),
            TokenKind.ImportStr => ParseImport(ImportKind.Text),
            TokenKind.ImportBin => ParseImport(ImportKind.Bytes),
            TokenKind.Local => ParseLocal(),
            _ => ParseOperators(begin, level),
        };
        _nesting = entered - 1;
        return result;
    }

    private Expr ParseOperators(Token begin, int level)
    {
        var left = ParseOperand(begin);
        while (true)
        {
            var precedence = PrecedenceOf(Current);
            if (precedence == 0 || precedence > level)
                return left;
            // A chain of operators makes a tree as deep as the chain is long.
            Nest(Current);
            var op = Take();
            if (op.Kind == TokenKind.In && TakeIf(TokenKind.Super))
            {
                left = new InSuperExpr(left, begin.Start, End);
                continue;
            }

            var right = ParseExpression(precedence - 1);
            left = new BinaryExpr(op.Text, left, right, begin.Start, End);
        }
    }

    private Expr ParseOperand(Token begin)
    {
        if (begin.Kind != TokenKind.Operator)
            return ParsePostfix(begin);
        if (begin.Text is not ("!" or "~" or "+" or "-"))
            throw Fail($"Not a unary operator: {begin.Text}", begin);
        Take();
        var operand = ParseExpression(Unary);
        return new UnaryExpr(begin.Text, operand, begin.Start, End);
    }

    private int PrecedenceOf(Token token)
    {
        if (token.Kind == TokenKind.In)
            return 8;
        if (token.Kind != TokenKind.Operator || token.Text is ":" or "::")
            return 0;
        return token.Text switch
        {
            "*" or "/" or "%" => 5,
            "+" or "-" => 6,
            "<<" or ">>" => 7,
            "<" or ">" or "<=" or ">=" => 8,
            "==" or "!=" => 9,
            "&" => 10,
            "^" => 11,
            "|" => 12,
            "&&" => 13,
            "||" => 14,
            _ => throw Fail($"Not a binary operator: {token.Text}", token),
        };
    }

    private AssertExpr ParseAssert()
    {
        var begin = Take();
        var condition = ParseExpression(Loosest);
        var message = ParseMessage();
        Expect(TokenKind.Semicolon);
        var rest = ParseExpression(Loosest);
        return new AssertExpr(condition, message, rest, begin.Start, End);
    }

    private Expr? ParseMessage()
    {
        if (!Current.IsOperator(":"))
            return null;
        Take();
        return ParseExpression(Loosest);
    }

    private ErrorExpr ParseError()
    {
        var begin = Take();
        var message = ParseExpression(Loosest);
        return new ErrorExpr(message, begin.Start, End);
    }

    private IfExpr ParseIf()
    {
        var begin = Take();
        var condition = ParseExpression(Loosest);
        Expect(TokenKind.Then);
        var then = ParseExpression(Loosest);
        var otherwise = TakeIf(TokenKind.Else) ? ParseExpression(Loosest) : null;
        return new IfExpr(condition, then, otherwise, begin.Start, End);
    }

    private FunctionExpr ParseFunction()
    {
        var begin = Take();
        var paren = Take();
        if (paren.Kind != TokenKind.ParenLeft)
            throw Fail($"Expected ( but got {paren.Describe()}", paren);
        var parameters = ParseParameters("function parameter");
        var body = ParseExpression(Loosest);
        return new FunctionExpr(parameters, body, begin.Start, End);
    }

    private ImportExpr ParseImport(ImportKind kind)
    {
        var begin = Take();
        var path = ParseExpression(Loosest);
        if (path is not StringExpr literal)
            throw new StaticErrorException(file, "Computed imports are not allowed", path.Start, path.End);
        if (literal.IsBlock)
            throw new StaticErrorException(file, "Block string literals not allowed in imports", path.Start, path.End);
        return new ImportExpr(kind, literal.Value, begin.Start, End);
    }

    private LocalExpr ParseLocal()
    {
        var begin = Take();
        var bindings = new List<Binding>();
        while (true)
        {
            bindings.Add(ParseBinding(name => bindings.Exists(binding => binding.Name == name)));
            var delimiter = Take();
            if (delimiter.Kind == TokenKind.Semicolon)
                break;
            if (delimiter.Kind != TokenKind.Comma)
                throw Fail($"Expected , or ; but got {delimiter.Describe()}", delimiter);
        }

        var body = ParseExpression(Loosest);
        return new LocalExpr(bindings, body, begin.Start, End);
    }

    /// <summary><c>name = value</c> or <c>name(parameters) = body</c>.</summary>
    private Binding ParseBinding(Func<string, bool> isTaken)
    {
        var name = Expect(TokenKind.Identifier);
        if (isTaken(name.Text))
            throw Fail($"Duplicate local var: {name.Text}", name);
        var parameters = TakeIf(TokenKind.ParenLeft) ? ParseParameters("function parameter") : null;
        ExpectOperator("=");
        var value = ParseExpression(Loosest);
        return new Binding(name.Text, parameters is null ? value : new FunctionExpr(parameters, value, name.Start, End));
    }

    /// <summary>The parameters of a function after its opening parenthesis.</summary>
    private List<Parameter> ParseParameters(string kind)
    {
        var parameters = new List<Parameter>();
        var comma = true;
        while (!TakeIf(TokenKind.ParenRight))
        {
            if (!comma)
                throw Fail($"Expected a comma before next {kind}, got {Current.Describe()}", Current);
            var name = Expect(TokenKind.Identifier, " while parsing parameter");
            Expr? value = null;
            if (Current.IsOperator("="))
            {
                Take();
                value = ParseExpression(Loosest);
            }

            parameters.Add(new Parameter(name.Text, value));
            comma = TakeIf(TokenKind.Comma);
        }

        return parameters;
    }
}
