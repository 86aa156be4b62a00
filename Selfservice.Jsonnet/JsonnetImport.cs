namespace Selfservice.Jsonnet;

/// <summary>What an importer answers: a file's name and content, or why there is none.</summary>
public sealed class JsonnetImport
{
    private JsonnetImport(string name, ReadOnlyMemory<byte> content, string? problem)
    {
        Name = name;
        Content = content;
        Problem = problem;
    }

    /// <summary>The file's full name: it stands in errors, and equal names mean the same content.</summary>
    public string Name { get; }

    /// <summary>The bytes; UTF-8 where they are text.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The message of a refused import; null when there is content.</summary>
    public string? Problem { get; }

    /// <summary>The file was found.</summary>
    public static JsonnetImport Found(string name, ReadOnlyMemory<byte> content) => new(name, content, null);

    /// <summary>The file is missing or not allowed; the message becomes a runtime error at the import.</summary>
    public static JsonnetImport Refused(string problem) => new("", default, problem);
}
