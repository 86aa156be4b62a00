using Selfservice.Jsonnet;

namespace Selfservice.Cli.Jsonnet;

/// <summary>Imports from files: first beside the importing file, then in the folders of <c>-J</c>.</summary>
internal sealed class FileImporter(IReadOnlyList<string> folders) : IJsonnetImporter
{
    public JsonnetImport Resolve(string importingFile, string path)
    {
        var beside = Path.GetDirectoryName(importingFile) ?? "";
        foreach (var folder in folders.Prepend(beside))
        {
            var candidate = Path.Combine(folder, path);
            if (!File.Exists(candidate))
                continue;
            try
            {
                return JsonnetImport.Found(candidate, File.ReadAllBytes(candidate));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return JsonnetImport.Refused($"couldn't open import \"{path}\": {exception.Message}");
            }
        }

        return JsonnetImport.Refused($"couldn't open import \"{path}\": no match locally or in the Jsonnet library paths");
    }
}
