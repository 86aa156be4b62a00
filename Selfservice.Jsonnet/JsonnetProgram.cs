using Selfservice.Jsonnet.Compilation;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Syntax;

namespace Selfservice.Jsonnet;

/// <summary>
/// A compiled Jsonnet program. Immutable: compile once, keep it, evaluate it any number of times, on any number of threads.
/// An evaluation sees nothing but its inputs: no clock, no randomness, no environment, no files.
/// </summary>
public sealed class JsonnetProgram
{
    private const int CompilerStackBytes = 64 * 1024 * 1024;

    private JsonnetProgram(string fileName, Node root, int frameSize)
    {
        FileName = fileName;
        Root = root;
        FrameSize = frameSize;
    }

    /// <summary>The name that errors and <c>std.thisFile</c> show.</summary>
    public string FileName { get; }

    internal Node Root { get; }

    internal int FrameSize { get; }

    /// <summary>Compiles a program. An error in the source is part of the result, never an exception.</summary>
    /// <param name="source">The program's text.</param>
    /// <param name="fileName">Its name in errors; relative imports start from it.</param>
    /// <param name="options">Limits of the compiler; null means <see cref="JsonnetCompileOptions.Default"/>.</param>
    public static JsonnetCompileResult Compile(string source, string fileName = "snippet", JsonnetCompileOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(fileName);
        options ??= JsonnetCompileOptions.Default;
        try
        {
            return new JsonnetCompileResult(CompileOrThrow(source, fileName, options, CancellationToken.None), null);
        }
        catch (StaticErrorException exception)
        {
            return new JsonnetCompileResult(null, JsonnetError.From(exception));
        }
    }

    /// <summary>Evaluates the program. Whatever the program does ends in the result; only failures of the host's own callbacks are thrown.</summary>
    /// <param name="inputs">Variables, arguments and callbacks; null means none.</param>
    /// <param name="limits">What it may use; null means <see cref="JsonnetLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the evaluation with an error of kind <see cref="JsonnetErrorKind.Cancelled"/>.</param>
    public JsonnetResult Evaluate(JsonnetInputs? inputs = null, JsonnetLimits? limits = null, CancellationToken cancellationToken = default)
    {
        inputs ??= new JsonnetInputs();
        var evaluator = new Evaluator(inputs, limits ?? JsonnetLimits.Default, cancellationToken);
        try
        {
            var text = evaluator.Manifest(evaluator.RunProgram(this));
            return new JsonnetResult(text, inputs.Output != JsonnetOutput.Text, null, evaluator.Steps, evaluator.Bytes);
        }
        catch (EvaluationException exception)
        {
            return new JsonnetResult(null, false, JsonnetError.From(exception), evaluator.Steps, evaluator.Bytes);
        }
        catch (StaticErrorException exception)
        {
            return new JsonnetResult(null, false, JsonnetError.From(exception), evaluator.Steps, evaluator.Bytes);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // While code given as an input or found by an import was compiled.
            var error = new JsonnetError(JsonnetErrorKind.Cancelled, "the evaluation was cancelled", null, null, null, []);
            return new JsonnetResult(null, false, error, evaluator.Steps, evaluator.Bytes);
        }
    }

    internal static JsonnetProgram CompileOrThrow(string source, string fileName, JsonnetCompileOptions options, CancellationToken cancellation)
    {
        var file = new SourceFile(fileName, source);
        if (source.Length > options.MaxSourceLength)
            throw new StaticErrorException(file, $"The program is longer than {options.MaxSourceLength} characters.", 0, 0) { IsLimit = true };
        try
        {
            return CompileHere(file, options, cancellation);
        }
        catch (InsufficientExecutionStackException)
        {
            return CompileOnLargeStack(file, options, cancellation);
        }
    }

    private static JsonnetProgram CompileHere(SourceFile file, JsonnetCompileOptions options, CancellationToken cancellation)
    {
        var tokens = new Lexer(file, cancellation).Run();
        var syntax = new Parser(file, tokens, options.MaxNesting, cancellation).Run();
        var (root, frameSize) = new Compiler(file, options.MaxNesting, cancellation).Run(syntax);
        return new JsonnetProgram(file.Name, root, frameSize);
    }

    /// <summary>Deep nesting within the limit can still be too much for the caller's stack.</summary>
    private static JsonnetProgram CompileOnLargeStack(SourceFile file, JsonnetCompileOptions options, CancellationToken cancellation)
    {
        JsonnetProgram? program = null;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    program = CompileHere(file, options, cancellation);
                }
                catch (InsufficientExecutionStackException)
                {
                    failure = Capture(new StaticErrorException(file, "The program is nested too deeply.", 0, 0) { IsLimit = true });
                }
                catch (Exception exception) when (exception is StaticErrorException or OperationCanceledException)
                {
                    failure = Capture(exception);
                }
            },
            CompilerStackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return program!;

        static System.Runtime.ExceptionServices.ExceptionDispatchInfo Capture(Exception exception) =>
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception);
    }
}
