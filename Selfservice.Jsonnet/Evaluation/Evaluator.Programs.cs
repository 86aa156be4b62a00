using System.Text;
using System.Text.Json;
using Selfservice.Jsonnet.Library;
using Selfservice.Jsonnet.Syntax;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Evaluation;

internal sealed partial class Evaluator
{
    private Dictionary<string, Cell>? _external;
    private Dictionary<(ImportKind, string), Cell>? _imports;
    private Dictionary<string, ObjectValue>? _std;

    /// <summary>The program's value; a function is called with the top-level arguments.</summary>
    public Value RunProgram(JsonnetProgram program)
    {
        var value = RunRoot(program);
        if (value is not FunctionValue function)
            return value;
        var arguments = Inputs.TopLevel.Select(
            pair => KeyValuePair.Create(pair.Key, ToCell(pair.Value, $"<top-level-arg:{pair.Key}>")));
        return CallNamed(function, arguments);
    }

    private Value RunRoot(JsonnetProgram program) => RunIsolated(program.Root, new Env(null, new Cell?[program.FrameSize], null, 0));

    /// <summary>The result's text.</summary>
    public string Manifest(Value value)
    {
        if (Inputs.Output == JsonnetOutput.Text)
            return value is StringValue text ? text.Text : throw Fail($"expected string result, got: {value.TypeName}");
        var output = new StringBuilder();
        var layout = Inputs.Output == JsonnetOutput.Compact ? ManifestLayout.Compact : ManifestLayout.Indented;
        new Manifester(this, layout, output, MaxOutputLength).Write(value);
        return output.ToString();
    }

    public Value External(string name)
    {
        _external ??= new Dictionary<string, Cell>(StringComparer.Ordinal);
        if (!_external.TryGetValue(name, out var cell))
        {
            if (!Inputs.External.TryGetValue(name, out var input))
                throw Fail($"Undefined external variable: {name}");
            cell = ToCell(input, $"<extvar:{name}>");
            _external.Add(name, cell);
        }

        return cell.Get(this);
    }

    private Cell ToCell(JsonnetInput input, string fileName)
    {
        if (input.TextContent is { } text)
        {
            Charge(48 + 2L * text.Length);
            return StringValue.Of(text);
        }

        if (input.JsonContent is { } json)
            return JsonReading.ToValue(this, json);
        return new NativeThunk(evaluator => evaluator.RunRoot(
            input.ProgramContent ?? JsonnetProgram.CompileOrThrow(input.CodeContent!, fileName, JsonnetCompileOptions.Default, evaluator._cancellation)));
    }

    /// <summary>The library as an object, with the asking file's name in it.</summary>
    public ObjectValue StdFor(string fileName)
    {
        _std ??= new Dictionary<string, ObjectValue>(StringComparer.Ordinal);
        if (!_std.TryGetValue(fileName, out var std))
        {
            var thisFile = new DataLayer(["thisFile"], [StringValue.Of(fileName)], Visibility.Hidden);
            std = ObjectValue.Extend(this, new ObjectValue(StdLibrary.Layer), new ObjectValue(thisFile));
            _std.Add(fileName, std);
        }

        return std;
    }

    public Value Import(ImportKind kind, string importingFile, string path)
    {
        if (Inputs.Importer is null)
            throw Fail("imports are not allowed here");
        var found = Inputs.Importer.Resolve(importingFile, path);
        if (found.Problem is not null)
            throw Fail(found.Problem);
        _imports ??= [];
        if (!_imports.TryGetValue((kind, found.Name), out var cell))
        {
            Charge(found.Content.Length * 2L);
            cell = ReadImport(kind, found);
            _imports.Add((kind, found.Name), cell);
        }

        return cell.Get(this);
    }

    private static Cell ReadImport(ImportKind kind, JsonnetImport found)
    {
        switch (kind)
        {
            case ImportKind.Text:
                return StringValue.Of(Utf8Text.Decode(found.Content.Span));
            case ImportKind.Bytes:
                return new ArrayValue([.. found.Content.ToArray().Select(value => NumberValue.Of(value))]);
            default:
                var source = Utf8Text.Decode(found.Content.Span);
                return new NativeThunk(evaluator => evaluator.RunRoot(
                    JsonnetProgram.CompileOrThrow(source, found.Name, JsonnetCompileOptions.Default, evaluator._cancellation)));
        }
    }

    public Value Native(string name)
    {
        if (!Inputs.Natives.TryGetValue(name, out var native))
            return NullValue.Instance;
        string[] parameters = [.. native.Parameters];
        return new NativeFunction(name, new Signature(parameters, new bool[parameters.Length]), isStrict: true, arguments =>
        {
            var json = new JsonElement[parameters.Length];
            for (var i = 0; i < json.Length; i++)
                json[i] = JsonElement.Parse(Manifester.ToText(arguments.Evaluator, arguments[i], ManifestLayout.Compact));
            var result = native.Body(json);
            return result.Error is null ? JsonReading.ToValue(arguments.Evaluator, result.Value) : throw arguments.Evaluator.Fail(result.Error);
        });
    }
}
