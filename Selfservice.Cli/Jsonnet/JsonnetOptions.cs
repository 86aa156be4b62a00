using Selfservice.Jsonnet;

namespace Selfservice.Cli.Jsonnet;

/// <summary>The command line of <c>selfservice jsonnet</c>.</summary>
internal sealed class JsonnetOptions
{
    private readonly List<string> _folders = [];

    public string? File { get; private set; }

    public string? Code { get; private set; }

    public bool PrintsString { get; private set; }

    /// <summary>What is wrong with the command line; null if nothing is.</summary>
    public string? Problem { get; private set; }

    public Dictionary<string, JsonnetInput> External { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, JsonnetInput> TopLevel { get; } = new(StringComparer.Ordinal);

    /// <summary>Where imports are looked for, in the order of asking: the last given comes first.</summary>
    public IReadOnlyList<string> LibraryFolders => [.. Enumerable.Reverse(_folders)];

    public static JsonnetOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new JsonnetOptions();
        using var words = Split(arguments).GetEnumerator();
        while (options.Problem is null && words.MoveNext())
            options.Take(words);
        if (options.Problem is null && options.File is null && options.Code is null)
            options.Problem = "must give a file name or -e CODE";
        return options;
    }

    /// <summary><c>--name=value</c> counts as two words.</summary>
    private static IEnumerable<string> Split(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            if (argument.StartsWith("--", StringComparison.Ordinal) && equals > 0)
            {
                yield return argument[..equals];
                yield return argument[(equals + 1)..];
            }
            else
            {
                yield return argument;
            }
        }
    }

    private void Take(IEnumerator<string> words)
    {
        var option = words.Current;
        switch (option)
        {
            case "-S" or "--string":
                PrintsString = true;
                break;
            case "-e" or "--exec":
                Code = Value(words, option);
                break;
            case "-J" or "--jpath":
                _folders.Add(Value(words, option));
                break;
            case "-V" or "--ext-str":
                Add(External, Value(words, option), option, JsonnetInput.Text);
                break;
            case "--ext-code":
                Add(External, Value(words, option), option, JsonnetInput.Code);
                break;
            case "-A" or "--tla-str":
                Add(TopLevel, Value(words, option), option, JsonnetInput.Text);
                break;
            case "--tla-code":
                Add(TopLevel, Value(words, option), option, JsonnetInput.Code);
                break;
            default:
                if (option.StartsWith('-') && option != "-")
                    Problem = $"unrecognized argument: {option}";
                else if (File is not null)
                    Problem = "only one file can be given";
                else
                    File = option;
                break;
        }
    }

    private string Value(IEnumerator<string> words, string option)
    {
        if (words.MoveNext())
            return words.Current;
        Problem = $"expected a value after {option}";
        return "";
    }

    private void Add(Dictionary<string, JsonnetInput> target, string pair, string option, Func<string, JsonnetInput> make)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
            Problem ??= $"{option} needs NAME=VALUE, got {pair}";
        else
            target[pair[..equals]] = make(pair[(equals + 1)..]);
    }
}
