namespace Selfservice.Jsonnet;

/// <summary>How a result is printed.</summary>
public enum JsonnetOutput
{
    /// <summary>JSON over several lines, three spaces a level: what the reference's program prints, without the newline at the end.</summary>
    Indented,

    /// <summary>JSON without white space: the fastest.</summary>
    Compact,

    /// <summary>The text of a string; any other result is a runtime error.</summary>
    Text,
}
