using System.Text.Json;

namespace Selfservice.Schemas;

/// <content>One schema: its keywords, in the order of the document.</content>
internal sealed partial class SchemaCompiler
{
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal)
    {
        "$ref", "$comment", "$schema", "title", "description", "default", "examples", "definitions", "$defs", "readOnly", "writeOnly",
    };

    private void Fill(SchemaNode node, JsonElement source)
    {
        if (source.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (_draft == 4)
                throw Invalid(node.Pointer, "is a boolean schema, which draft 4 does not have; declare draft 7");
            node.Always = source.ValueKind == JsonValueKind.True;
            return;
        }

        if (source.ValueKind != JsonValueKind.Object)
            throw Invalid(node.Pointer, "is no schema; use an object or a boolean");
        if (source.TryGetProperty("$ref", out var reference))
        {
            FillReference(node, source, reference);
            return;
        }

        foreach (var keyword in source.EnumerateObject())
            FillKeyword(node, keyword.Name, keyword.Value);
        FinishDraft4(node, source);
        CheckExtension(node);
    }

    private void FillReference(SchemaNode node, JsonElement source, JsonElement reference)
    {
        foreach (var sibling in source.EnumerateObject())
            if (!Annotations.Contains(sibling.Name))
                throw Invalid(node.Pointer, $"has \"{sibling.Name}\" beside $ref, where JSON Schema ignores it; put the $ref into allOf");
        node.ReferenceText = reference.GetString() ?? "";
        node.Title = source.TryGetProperty("title", out var title) ? title.GetString() : null;
        var (target, pointer) = Resolve(node, node.ReferenceText);
        node.Reference = Node(target, pointer);
    }

    private (JsonElement Target, string Pointer) Resolve(SchemaNode node, string reference)
    {
        if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
            throw Invalid(node.Pointer, $"refers to \"{reference}\"; only references into the same document, like \"#/definitions/name\", are followed");
        var target = _document;
        var pointer = "#";
        foreach (var raw in Uri.UnescapeDataString(reference).Split('/').Skip(1))
        {
            var segment = raw.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            pointer += "/" + Escape(segment);
            var isFound = target.ValueKind switch
            {
                JsonValueKind.Object => target.TryGetProperty(segment, out target),
                JsonValueKind.Array when int.TryParse(segment, out var index) && index >= 0 && index < target.GetArrayLength() => Into(target[index], out target),
                _ => false,
            };
            if (!isFound)
                throw Invalid(node.Pointer, $"refers to \"{reference}\", which does not exist; correct the reference");
            RefuseBase(pointer, target);
        }

        return (target, pointer);
    }

    private static bool Into(JsonElement item, out JsonElement target)
    {
        target = item;
        return true;
    }

    // An $id below the root changes what references below it mean.
    private void RefuseBase(string pointer, JsonElement source)
    {
        if (source.ValueKind == JsonValueKind.Object && source.TryGetProperty(_draft == 4 ? "id" : "$id", out var id) && id.ValueKind == JsonValueKind.String)
            throw Invalid(pointer, "has an $id, which changes where references lead; remove it");
    }

    private void FillKeyword(SchemaNode node, string name, JsonElement value)
    {
        if (!FillGeneric(node, name, value) && !FillBranch(node, name, value) && !FillObject(node, name, value) && !FillValue(node, name, value))
            RefuseUnenforced(node, name);
    }

    private void RefuseUnenforced(SchemaNode node, string name)
    {
        if (name is "contentEncoding" or "contentMediaType")
            throw Invalid(node.Pointer, $"uses {name}, which is not enforced; remove it or use a pattern");
        if (name is "unevaluatedProperties" or "unevaluatedItems" or "dependentRequired" or "dependentSchemas" or "minContains" or "maxContains" or "prefixItems"
            or "$recursiveRef" or "$dynamicRef" or "$anchor" or "$dynamicAnchor" or "$recursiveAnchor" or "$vocabulary")
            throw Invalid(node.Pointer, $"uses {name} of a later draft; write it with the keywords of draft 7");
    }

    private bool FillGeneric(SchemaNode node, string name, JsonElement value)
    {
        switch (name)
        {
            case "$id" or "id":
                if (node.Pointer != "#" && name == (_draft == 4 ? "id" : "$id"))
                    throw Invalid(node.Pointer, "has an $id, which changes where references lead; remove it");
                if (node.Pointer == "#" && name == "$id" && value.GetString() is { } id && id.TrimEnd('#').Contains('#', StringComparison.Ordinal))
                    throw Invalid(node.Pointer, "has an $id with a fragment; remove the fragment");
                return true;
            case "title":
                node.Title = value.GetString();
                return true;
            case "type":
                node.TypeNames = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")] : [value.GetString() ?? ""];
                node.Types = node.TypeNames.Aggregate(JsonTypes.None, (types, t) => types | Enum.Parse<JsonTypes>(t, ignoreCase: true));
                return true;
            case "const":
                Since(6, node, name);
                node.Constant = JsonConstant.From(value);
                return true;
            case "enum":
                node.Enumeration = [.. value.EnumerateArray().Select(JsonConstant.From)];
                return true;
            case "format":
                node.Format = value.GetString() ?? "";
                node.FormatCheck = Formats.Find(node.Format, out var isRefused);
                if (isRefused)
                    throw Invalid(node.Pointer, $"uses the format \"{node.Format}\", which is not enforced; use another format or a pattern");
                return true;
            case ExtensionReader.Keyword:
                node.Extension = ExtensionReader.Read(value);
                return true;
            default:
                return false;
        }
    }

    private void Since(int draft, SchemaNode node, string keyword)
    {
        if (_draft < draft)
            throw Invalid(node.Pointer, $"uses {keyword}, which draft {_draft} does not have; declare draft 7");
    }

    private void CheckExtension(SchemaNode node)
    {
        if (node.Extension is not { } extension)
            return;
        if (extension is { Code: true, CodeVia: null })
            throw Invalid(node.Pointer, "is an identifier for codes without a channel; add \"via\": \"email\" or \"sms\"");
        if (extension.VerificationVia is null)
            return;
        if (node.Format is not (null or "email" or "tel" or "date" or "time" or "date-time" or "no-validate"))
            throw Invalid(node.Pointer, $"is to be verified but has the format \"{node.Format}\"; use email, tel, date, time, date-time or no-validate");
        if (node.Format is null && extension.VerificationVia == TraitAddress.Sms)
            throw Invalid(node.Pointer, "is to be verified by text message without a format; use \"format\": \"tel\", or \"no-validate\" to accept anything");
    }
}
