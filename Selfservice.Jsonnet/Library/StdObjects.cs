using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Fields of objects, merging, pruning.</summary>
internal static class StdObjects
{
    public static void Register(LibraryBuilder std)
    {
        std.Lazy("get", "o f default? inc_hidden?", Get);
        std.Strict("objectFieldsEx", "obj hidden", a => Names(a.Evaluator, a.Object(0), a.Boolean(1)));
        std.Strict("objectFields", "o", a => Names(a.Evaluator, a.Object(0), false));
        std.Strict("objectFieldsAll", "o", a => Names(a.Evaluator, a.Object(0), true));
        std.Strict("objectHasEx", "obj fname hidden", a =>
        {
            var obj = a.Object(0);
            var name = a.Text(1);
            return Has(obj, name, a.Boolean(2));
        });
        std.Strict("objectHas", "o f", a => Has(a.Object(0), a.Text(1), false));
        std.Strict("objectHasAll", "o f", a => Has(a.Object(0), a.Text(1), true));
        std.Strict("objectValues", "o", a => Fields(a, false, FieldOf));
        std.Strict("objectValuesAll", "o", a => Fields(a, true, FieldOf));
        std.Strict("objectKeysValues", "o", a => Fields(a, false, KeyAndValue));
        std.Strict("objectKeysValuesAll", "o", a => Fields(a, true, KeyAndValue));
        std.Strict("objectRemoveKey", "obj key", a => a.Object(0).Without(a.Evaluator, a.Text(1)));
        std.Lazy("mapWithKey", "func obj", MapWithKey);
        std.Lazy("mergePatch", "target patch", a => MergePatch(a.Evaluator, a.Cell(0), a[1]));
        std.Strict("prune", "a", a => Prune(a.Evaluator, a[0]));
        std.Strict("resolvePath", "f r", ResolvePath);
    }

    private static Value Get(Arguments a)
    {
        var obj = a.Object(0);
        var name = a.Text(1);
        return Has(obj, name, a.Boolean(3, true)).Content ? obj.Get(a.Evaluator, name)! : a[2];
    }

    private static BooleanValue Has(ObjectValue obj, string name, bool withHidden) =>
        BooleanValue.Of(withHidden ? obj.Has(name) : obj.Shows(name));

    private static ArrayValue Names(Evaluator evaluator, ObjectValue obj, bool withHidden)
    {
        var names = obj.FieldNames(evaluator, withHidden);
        evaluator.Charge(40 + 48L * names.Length);
        return new ArrayValue(Array.ConvertAll<string, Cell>(names, StringValue.Of));
    }

    private static ArrayValue Fields(Arguments a, bool withHidden, Func<ObjectValue, string, Cell> element)
    {
        var obj = a.Object(0);
        var names = obj.FieldNames(a.Evaluator, withHidden);
        a.Evaluator.Charge(40 + 160L * names.Length);
        return new ArrayValue(Array.ConvertAll(names, name => element(obj, name)));
    }

    private static NativeThunk FieldOf(ObjectValue obj, string name) => new(evaluator => Operators.Field(evaluator, obj, name));

    private static ObjectValue KeyAndValue(ObjectValue obj, string name) =>
        new(new DataLayer(["key", "value"], [StringValue.Of(name), FieldOf(obj, name)]));

    private static ObjectValue MapWithKey(Arguments a)
    {
        if (a[0] is not FunctionValue function)
            throw a.Evaluator.Fail($"std.mapWithKey first param must be function, got {a[0].TypeName}");
        if (a[1] is not ObjectValue obj)
            throw a.Evaluator.Fail($"std.mapWithKey second param must be object, got {a[1].TypeName}");
        var names = obj.FieldNames(a.Evaluator, withHidden: false);
        a.Evaluator.Charge(80 + 160L * names.Length);
        var cells = Array.ConvertAll<string, Cell>(names, name => new CallThunk(function, StringValue.Of(name), FieldOf(obj, name)));
        return new ObjectValue(new DataLayer(names, cells));
    }

    /// <summary>JSON Merge Patch (RFC 7396): null takes a field away, objects are merged, anything else replaces.</summary>
    private static Value MergePatch(Evaluator evaluator, Cell target, Value patch)
    {
        if (patch is not ObjectValue changes)
            return patch;
        var whole = target.Get(evaluator) as ObjectValue ?? ObjectValue.Empty;
        var fields = new SortedDictionary<string, Cell>(CodePoints.Order);
        foreach (var name in whole.FieldNames(evaluator, withHidden: false))
            fields[name] = FieldOf(whole, name);
        foreach (var name in changes.FieldNames(evaluator, withHidden: false))
        {
            evaluator.Charge(160);
            var change = changes.Get(evaluator, name)!;
            if (change is NullValue)
            {
                fields.Remove(name);
                continue;
            }

            var before = fields.GetValueOrDefault(name, NullValue.Instance);
            fields[name] = new NativeThunk(again => MergePatch(again, before, change));
        }

        evaluator.Charge(80 + 160L * fields.Count);
        return new ObjectValue(new DataLayer([.. fields.Keys], [.. fields.Values]));
    }

    /// <summary>Without null, empty arrays and empty objects, also those that become empty.</summary>
    private static Value Prune(Evaluator evaluator, Value value)
    {
        if (value is not (ArrayValue or ObjectValue))
            return value;
        if (!Evaluator.HasStack)
            return evaluator.OnFreshStack(() => Prune(evaluator, value));
        var site = evaluator.Enter();
        Value pruned;
        if (value is ArrayValue array)
        {
            var kept = array.Elements.Select(element => Prune(evaluator, element.Get(evaluator))).Where(HasContent).ToArray();
            evaluator.Charge(40 + 8L * kept.Length);
            pruned = new ArrayValue(kept);
        }
        else
        {
            pruned = PruneFields(evaluator, (ObjectValue)value);
        }

        evaluator.Leave(site);
        return pruned;

        bool HasContent(Value content) => StdObjects.HasContent(evaluator, content);
    }

    private static ObjectValue PruneFields(Evaluator evaluator, ObjectValue value)
    {
        var names = new List<string>();
        var cells = new List<Cell>();
        foreach (var name in value.FieldNames(evaluator, withHidden: false))
        {
            var field = Prune(evaluator, value.Get(evaluator, name)!);
            if (!HasContent(evaluator, field))
                continue;
            evaluator.Charge(64);
            names.Add(name);
            cells.Add(field);
        }

        return new ObjectValue(new DataLayer([.. names], [.. cells]));
    }

    private static bool HasContent(Evaluator evaluator, Value value) => value switch
    {
        NullValue => false,
        ArrayValue or ObjectValue => StdTypes.Length(evaluator, value) > 0,
        _ => true,
    };

    private static StringValue ResolvePath(Arguments a)
    {
        var file = a.Text(0);
        var relative = a.Text(1);
        a.Evaluator.Charge(48 + 2L * (file.Length + relative.Length));
        return StringValue.Of(file[..(file.LastIndexOf('/') + 1)] + relative);
    }
}
