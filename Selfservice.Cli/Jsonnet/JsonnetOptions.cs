using Selfservice.Jsonnet;

namespace Selfservice.Cli.Jsonnet;

/// <summary>The command line of <c>selfservice jsonnet</c>, read as the reference's program reads its own.</summary>
internal sealed class JsonnetOptions
{
    private readonly List<string> _folders = [.. FoldersOfEnvironment()];

    /// <summary>A file's name, a dash for the standard input, or the program itself: see <see cref="IsCode"/>.</summary>
    public string? Source { get; private set; }

    public bool IsCode { get; private set; }

    public bool PrintsString { get; private set; }

    public bool AsksForHelp { get; private set; }

    public JsonnetLimits Limits { get; private set; } = JsonnetLimits.Default;

    /// <summary>What is wrong with the command line; null if nothing is.</summary>
    public string? Problem { get; private set; }

    public Dictionary<string, JsonnetInput> External { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonnetInput> TopLevel { get; } = new(StringComparer.Ordinal);

    /// <summary>Where imports are looked for, in the order of asking: the last given comes first.</summary>
    public IReadOnlyList<string> LibraryFolders => [.. Enumerable.Reverse(_folders)];

    public static JsonnetOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new JsonnetOptions();
        var words = new Queue<string>(Split(arguments));
        while (options.Problem is null && !options.AsksForHelp && words.TryDequeue(out var word))
        {
            if (word == "--")
            {
                while (words.TryDequeue(out var rest))
                    options.TakeSource(rest);
            }
            else
            {
                options.Take(word, words);
            }
        }

        return options;
    }

    /// <summary>The left-most is asked first, after those of the command line.</summary>
    private static IEnumerable<string> FoldersOfEnvironment() =>
        (Environment.GetEnvironmentVariable("JSONNET_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Reverse();

    /// <summary><c>-ab</c> is <c>-a -b</c>, and <c>--name=value</c> counts as two words; nothing is split after <c>--</c>.</summary>
    private static IEnumerable<string> Split(IReadOnlyList<string> arguments)
    {
        var isOver = false;
        foreach (var argument in arguments)
        {
            isOver |= argument == "--";
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (isOver || argument.Length <= 2 || argument[0] != '-')
                yield return argument;
            else if (argument[1] != '-')
            {
                foreach (var letter in argument.Skip(1))
                    yield return $"-{letter}";
            }
            else
            {
                yield return equals > 0 ? argument[..equals] : argument;
                if (equals > 0)
                    yield return argument[(equals + 1)..];
            }
        }
    }

    private void Take(string option, Queue<string> words)
    {
        switch (option)
        {
            case "-h" or "--help":
                AsksForHelp = true;
                break;
            case "-S" or "--string":
                PrintsString = true;
                break;
            case "-e" or "--exec":
                IsCode = true;
                break;
            case "-J" or "--jpath":
                _folders.Add(Value(words));
                break;
            case "-s" or "--max-stack":
                TakeDepth(Value(words));
                break;
            case "-V" or "--ext-str" or "--ext-code" or "--ext-str-file" or "--ext-code-file":
                Add(External, option.Replace("-V", "--ext-str", StringComparison.Ordinal)["--ext-".Length..], Value(words));
                break;
            case "-A" or "--tla-str" or "--tla-code" or "--tla-str-file" or "--tla-code-file":
                Add(TopLevel, option.Replace("-A", "--tla-str", StringComparison.Ordinal)["--tla-".Length..], Value(words));
                break;
            case ['-', _, ..]:
                Problem = $"unrecognized argument: {option}";
                break;
            default:
                TakeSource(option);
                break;
        }
    }

    private void TakeSource(string word)
    {
        if (Source is not null)
            Problem = $"only one {(IsCode ? "code" : "filename")} is allowed";
        Source = word;
    }

    private void TakeDepth(string frames)
    {
        if (int.TryParse(frames, out var depth) && depth > 0)
            Limits = new JsonnetLimits { MaxDepth = depth };
        else
            Problem ??= $"invalid --max-stack value: {frames}";
    }

    private string Value(Queue<string> words)
    {
        if (words.TryDequeue(out var value) && value.Length > 0)
            return value;
        Problem = "expected another argument";
        return "";
    }

    private void Add(Dictionary<string, JsonnetInput> target, string kind, string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? pair : pair[..equals];
        var value = equals < 0 ? null : pair[(equals + 1)..];
        if (value is null && kind is "str-file" or "code-file")
            Problem ??= $"argument not in form <var>=<file> \"{pair}\"";
        value ??= Environment.GetEnvironmentVariable(name);
        if (value is null)
            Problem ??= $"environment variable {name} was undefined";
        else
            target[name] = Make(kind, value);
    }

    private static JsonnetInput Make(string kind, string value) => kind switch
    {
        "str" => JsonnetInput.Text(value),
        "code" => JsonnetInput.Code(value),
        "str-file" => JsonnetInput.Code($"importstr @'{value.Replace("'", "''", StringComparison.Ordinal)}'"),
        _ => JsonnetInput.Code($"import @'{value.Replace("'", "''", StringComparison.Ordinal)}'"),
    };
}
