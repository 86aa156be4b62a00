using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Selfservice.Jsonnet.Evaluation;
using Selfservice.Jsonnet.Values;

namespace Selfservice.Jsonnet.Library;

/// <summary>Bytes, base64 and digests.</summary>
internal static class StdEncoding
{
    public static void Register(LibraryBuilder std)
    {
        std.Strict("encodeUTF8", "str", a => ToArray(a.Evaluator, ToBytes(a, a.String(0))));
        std.Strict("decodeUTF8", "arr", a => Decode(a.Evaluator, ReadBytes(a)));
        std.Strict("base64", "input", EncodeBase64);
        std.Strict("base64Decode", "str", a => Decode(a.Evaluator, DecodeBase64(a)));
        std.Strict("base64DecodeBytes", "str", a => ToArray(a.Evaluator, DecodeBase64(a)));
        RegisterDigests(std);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The language has std.sha1; nothing of ours relies on it.")]
    [SuppressMessage("Security", "CA5351", Justification = "The language has std.md5; nothing of ours relies on it.")]
    private static void RegisterDigests(LibraryBuilder std)
    {
        std.Strict("md5", "s", a => Digest(a, MD5.HashData));
        std.Strict("sha1", "s", a => Digest(a, SHA1.HashData));
        std.Strict("sha256", "s", a => Digest(a, SHA256.HashData));
        std.Strict("sha512", "s", a => Digest(a, SHA512.HashData));
        std.Strict("sha3", "s", a => Digest(a, Sha3.Hash512));
    }

    private static StringValue Digest(Arguments a, Func<byte[], byte[]> hash) =>
        new(Convert.ToHexStringLower(hash(ToBytes(a, a.String(0)))));

    private static byte[] ToBytes(Arguments a, StringValue text)
    {
        a.Evaluator.Charge(3L * text.Utf16Length);
        a.Evaluator.Work(text.Utf16Length >> 4);
        return Encoding.UTF8.GetBytes(text.Text);
    }

    private static ArrayValue ToArray(Evaluator evaluator, byte[] bytes)
    {
        evaluator.Charge(40 + 8L * bytes.Length);
        evaluator.Work(bytes.Length >> 2);
        return new ArrayValue(Array.ConvertAll<byte, Cell>(bytes, value => NumberValue.Of(value)));
    }

    private static StringValue Decode(Evaluator evaluator, byte[] bytes)
    {
        evaluator.Charge(48 + 2L * bytes.Length);
        return StringValue.Of(Utf8Text.Decode(bytes));
    }

    private static byte[] ReadBytes(Arguments a)
    {
        var elements = a.Array(0).Elements;
        a.Evaluator.Charge(elements.Length);
        return Array.ConvertAll(elements, element =>
        {
            var value = a.Evaluator.AsInteger(element.Get(a.Evaluator));
            return value is >= 0 and <= 255
                ? (byte)value
                : throw a.Evaluator.Fail(string.Create(CultureInfo.InvariantCulture, $"Bytes must be integers in range [0, 255], got {value}"));
        });
    }

    private static StringValue EncodeBase64(Arguments a)
    {
        var bytes = a[0] switch
        {
            StringValue text => BytesOfText(a, text),
            ArrayValue array => Array.ConvertAll(array.Elements, element => ByteOfElement(a.Evaluator, element.Get(a.Evaluator))),
            var other => throw a.Evaluator.Fail($"base64 can only base64 encode strings / arrays of single bytes, got {other.TypeName}"),
        };
        a.Evaluator.Charge(48 + 3L * bytes.Length);
        return StringValue.Of(Convert.ToBase64String(bytes));
    }

    private static byte[] BytesOfText(Arguments a, StringValue text)
    {
        var tooLarge = text.Text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF');
        return tooLarge < 0 ? ToBytes(a, text) : throw InvalidByte(a.Evaluator, CodePoints.At(text.Text, tooLarge));
    }

    private static byte ByteOfElement(Evaluator evaluator, Value value)
    {
        if (value is not NumberValue { Content: var number } || number != Math.Truncate(number))
            throw evaluator.Fail($"base64 encountered a non-integer value in the array, got {value.TypeName}");
        return number is >= 0 and <= 255 ? (byte)number : throw InvalidByte(evaluator, number);
    }

    private static EvaluationException InvalidByte(Evaluator evaluator, double value) => evaluator.Fail(
        $"base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got {Numbers.ToText(value)}");

    private static byte[] DecodeBase64(Arguments a)
    {
        if (a[0] is not StringValue { Text: var text })
            throw a.Evaluator.Fail($"base64DecodeBytes requires a string, got {a[0].TypeName}");
        var encoded = Encoding.UTF8.GetBytes(text);
        if (encoded.Length % 4 != 0)
        {
            throw a.Evaluator.Fail(string.Create(
                CultureInfo.InvariantCulture, $"input string appears not to be a base64 encoded string. Wrong length found ({encoded.Length})"));
        }

        a.Evaluator.Charge(encoded.Length * 2L);
        var bytes = new byte[encoded.Length];
        // Line breaks are passed over, any other white space is an error; bits after the last byte mean nothing.
        return !text.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw a.Evaluator.Fail("failed to decode: illegal base64 data");
    }
}
