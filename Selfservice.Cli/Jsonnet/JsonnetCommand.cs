using Selfservice.Jsonnet;

namespace Selfservice.Cli.Jsonnet;

/// <summary><c>selfservice jsonnet</c>: evaluates one program, prints and fails as the reference's program does.</summary>
internal static class JsonnetCommand
{
    private const string Usage = """
        Usage: selfservice jsonnet [options] FILE|-
               selfservice jsonnet [options] -e CODE

          -e, --exec            the argument is code instead of a file's name; - as FILE reads the standard input
          -V, --ext-str K[=V]   external variable K is the string V
              --ext-code K[=C]  external variable K is the value of the code C
          -A, --tla-str K[=V]   top-level argument K is the string V
              --tla-code K[=C]  top-level argument K is the value of the code C
              --ext-str-file, --ext-code-file, --tla-str-file, --tla-code-file K=FILE
                                the same, read from FILE
          -J, --jpath DIR       look for imports in DIR too; the last one given is asked first
          -S, --string          print the text of a string result
          -s, --max-stack N     frames inside each other, 500 when not given
          -h, --help            this text
              --                what follows is no option

        Without =V or =C the value is that of the environment variable K. JSONNET_PATH lists folders for imports, asked after those of -J.
        -ab is -a -b.

        """;

    /// <summary>Exit code 0 after success, 1 after any error.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextReader input, TextWriter output, TextWriter errors)
    {
        var options = JsonnetOptions.Parse(arguments);
        if (options.Problem is not null)
        {
            errors.WriteLine($"ERROR: {options.Problem}");
            return 1;
        }

        if (options.AsksForHelp)
        {
            output.Write(Usage);
            return 0;
        }

        if (options.Source is null)
        {
            errors.WriteLine($"ERROR: must give {(options.IsCode ? "code" : "filename")}\n");
            return ShowUsage(errors);
        }

        if (ReadSource(options, options.Source, input, errors) is not var (source, fileName))
            return 1;
        var compiled = JsonnetProgram.Compile(source, fileName);
        if (!compiled.Succeeded)
            return Fail(errors, compiled.Error);
        var inputs = new JsonnetInputs
        {
            Importer = new FileImporter(options.LibraryFolders),
            Trace = message => errors.WriteLine($"TRACE: {message}"),
            Output = options.PrintsString ? JsonnetOutput.Text : JsonnetOutput.Indented,
        };
        foreach (var (name, value) in options.External)
            inputs.External[name] = value;
        foreach (var (name, value) in options.TopLevel)
            inputs.TopLevel[name] = value;
        var result = compiled.Program.Evaluate(inputs, options.Limits);
        if (!result.Succeeded)
            return Fail(errors, result.Error!);
        output.Write(result.Text + "\n");
        return 0;
    }

    public static int ShowUsage(TextWriter errors)
    {
        errors.Write(Usage);
        return 1;
    }

    private static int Fail(TextWriter errors, JsonnetError error)
    {
        errors.Write(error.ToString());
        return 1;
    }

    private static (string Source, string FileName)? ReadSource(JsonnetOptions options, string source, TextReader input, TextWriter errors)
    {
        if (options.IsCode)
            return (source, "<cmdline>");
        if (source == "-")
            return (input.ReadToEnd(), "<stdin>");
        try
        {
            return (File.ReadAllText(source), source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"Opening input file: {source}: {exception.Message}");
            return null;
        }
    }
}
