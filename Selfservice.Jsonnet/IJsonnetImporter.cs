namespace Selfservice.Jsonnet;

/// <summary>Finds what programs import. The library itself reads nothing.</summary>
public interface IJsonnetImporter
{
    /// <summary>Answers for one import. Within an evaluation, what was found under one name is asked for once per importing file and path.</summary>
    /// <param name="importingFile">The name of the file with the import, as it was compiled or found.</param>
    /// <param name="path">The path as written.</param>
    JsonnetImport Resolve(string importingFile, string path);
}
