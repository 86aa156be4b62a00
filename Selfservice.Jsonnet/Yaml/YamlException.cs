namespace Selfservice.Jsonnet.Yaml;

/// <summary>A text is no YAML that the library reads.</summary>
internal sealed class YamlException(string message) : Exception(message);
