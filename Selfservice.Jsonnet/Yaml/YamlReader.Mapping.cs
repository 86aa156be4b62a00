using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Yaml;

internal sealed partial class YamlReader
{
    /// <summary>Fields in the making; a merge key adds what is not there.</summary>
    private sealed class Mapping
    {
        private readonly List<string> _names = [];
        private readonly List<Cell> _cells = [];
        private readonly List<ObjectValue> _merged = [];

        public void Add(string key, Value value, YamlReader reader)
        {
            if (key == "<<")
            {
                foreach (var source in value is ArrayValue array ? array.Elements : [value])
                    _merged.Add(source as ObjectValue ?? throw reader.Fail("map merge requires map or sequence of maps as the value"));
                return;
            }

            _names.Add(key);
            _cells.Add(value);
        }

        public ObjectValue ToValue()
        {
            var own = JsonReading.MakeObject(_names, _cells);
            if (_merged.Count == 0)
                return own;
            var names = new List<string>();
            var cells = new List<Cell>();
            foreach (var source in Enumerable.Reverse(_merged).Append(own))
            {
                var layer = source.Layers[0];
                for (var i = 0; i < layer.Count; i++)
                {
                    var field = i;
                    names.Add(layer.Name(i));
                    cells.Add(new NativeThunk(evaluator => layer.Evaluate(evaluator, source, 0, field)));
                }
            }

            return JsonReading.MakeObject(names, cells);
        }
    }
}
