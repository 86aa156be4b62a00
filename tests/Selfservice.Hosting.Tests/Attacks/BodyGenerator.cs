using System.Text;

namespace Selfservice.Hosting.Tests.Attacks;

/// <summary>Makes malformed submissions: a good one is taken and broken.</summary>
internal static class BodyGenerator
{
    private static readonly string[] Seeds =
    [
        """{"method":"password","identifier":"bob@example.org","password":"","traits":{"email":"not an address"},"csrf_token":""}""",
        """{"method":"password","traits":{"email":["a"],"name":{"first":1}},"transient_payload":{"a":[1,2,{"b":null}]}}""",
        "method=password&identifier=bob%40example.org&password=&traits.email=none&csrf_token=",
        "--x\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\npassword\r\n--x\r\nContent-Disposition: form-data; name=\"traits.email\"\r\n\r\nnone\r\n--x--\r\n",
    ];

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"];
    private static readonly string[] Pieces = ["\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud800", "%", "%00", "%zz", "&", "=", ".", "..", "null", "true", "1e400", "-", "\0", "\ufeff", "\r\n", "--x"];

    public static (string Type, byte[] Body) Next(SplitMix random)
    {
        var seed = random.Below(Seeds.Length);
        var body = Encoding.UTF8.GetBytes(Seeds[seed]).ToList();
        for (var changes = 1 + random.Below(6); changes > 0; changes--)
            Change(body, random);
        // Mostly the fitting type; sometimes one that makes the body mean something else.
        var type = random.Below(8) == 0 ? Types[random.Below(Types.Length)] : Types[seed switch { 0 or 1 => random.Below(2), 2 => 2, _ => 3 }];
        return (type, [.. body]);
    }

    private static void Change(List<byte> body, SplitMix random)
    {
        var at = random.Below(body.Count + 1);
        switch (random.Below(5))
        {
            case 0 when at < body.Count:
                body[at] = (byte)random.Below(256);
                break;
            case 1:
                body.RemoveRange(at, Math.Min(body.Count - at, random.Below(12)));
                break;
            case 2:
                body.InsertRange(at, body.GetRange(at, Math.Min(body.Count - at, random.Below(40))));
                break;
            case 3:
                body.RemoveRange(at, body.Count - at);
                break;
            default:
                body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Below(Pieces.Length)]));
                break;
        }
    }
}

/// <summary>SplitMix64 (Steele, Lea, Flood, 2014): the same bodies on every machine.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }
    }
}
