using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Selfservice.Nodes;

namespace Selfservice.Flows;

/// <summary>
/// Tokens that prove that a form was sent by the browser that it was given to. The browser's cookie holds 32 secret bytes; a form holds them under a new
/// random pad each time, so that a compressed answer tells nothing about them.
/// </summary>
public static class CsrfTokens
{
    /// <summary>The length of the secret in bytes.</summary>
    public const int SecretLength = 32;

    /// <summary>The name of the field that carries a token.</summary>
    public const string FieldName = "csrf_token";

    /// <summary>The field that carries a flow's token: empty for a native client, which needs none.</summary>
    public static UiNode Node(Flow flow) =>
        UiNode.Input(NodeGroup.Default, new() { Name = FieldName, Type = InputType.Hidden, Required = true, Value = JsonValue.Create(TokenOf(flow)) });

    /// <summary>A new token for a flow's form; empty when the flow is bound to no browser.</summary>
    public static string TokenOf(Flow flow) => flow.CsrfSecret.IsEmpty ? "" : Mask(flow.CsrfSecret.Span);

    /// <summary>Makes a new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>Hides the secret under a new pad: Base64 of the pad and of the secret XOR the pad.</summary>
    public static string Mask(ReadOnlySpan<byte> secret)
    {
        Span<byte> token = stackalloc byte[2 * SecretLength];
        RandomNumberGenerator.Fill(token[..SecretLength]);
        for (var i = 0; i < SecretLength; i++)
            token[SecretLength + i] = (byte)(secret[i] ^ token[i]);
        return Convert.ToBase64String(token);
    }

    /// <summary>The secret inside a token, masked or bare; false for anything else.</summary>
    public static bool TryUnmask(string? token, Span<byte> secret)
    {
        Span<byte> bytes = stackalloc byte[2 * SecretLength];
        if (token is null || token.Length > 128 || !Convert.TryFromBase64String(token, bytes, out var length))
            return false;
        if (length == SecretLength)
        {
            bytes[..SecretLength].CopyTo(secret);
            return true;
        }

        if (length != 2 * SecretLength)
            return false;
        for (var i = 0; i < SecretLength; i++)
            secret[i] = (byte)(bytes[i] ^ bytes[SecretLength + i]);
        return true;
    }

    /// <summary>Whether the token holds the secret. Takes the same time whatever the token holds.</summary>
    public static bool Matches(string? token, ReadOnlySpan<byte> secret)
    {
        Span<byte> sent = stackalloc byte[SecretLength];
        return secret.Length == SecretLength && TryUnmask(token, sent) && CryptographicOperations.FixedTimeEquals(sent, secret);
    }
}
