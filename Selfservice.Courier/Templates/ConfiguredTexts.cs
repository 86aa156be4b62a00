using Selfservice.Configuration;
using Microsoft.Extensions.Options;

namespace Selfservice.Courier.Templates;

/// <summary>The texts that configuration puts in place of the components' parts. They are read once, when the host starts.</summary>
internal sealed class ConfiguredTexts(IOptions<CourierOptions> options)
{
    private readonly Dictionary<(CourierTemplate, MessageChannel, MessagePart), PlaceholderText> _texts =
        Sources(options.Value.Templates).Where(s => s.Uri is not null).ToDictionary(s => (s.Template, s.Channel, s.Part), s => Read(s.Key, s.Uri!));

    /// <summary>The text for a part of a message; null for the component's.</summary>
    public PlaceholderText? Find(CourierTemplate template, MessageChannel channel, MessagePart part) => _texts.GetValueOrDefault((template, channel, part));

    /// <summary>A sentence for each text that cannot be used.</summary>
    public static IEnumerable<string> Faults(TemplatesOptions options)
    {
        foreach (var source in Sources(options).Where(s => s.Uri is not null))
        {
            string? fault = null;
            try
            {
                Read(source.Key, source.Uri!);
            }
            catch (FormatException e)
            {
                fault = e.Message;
            }

            if (fault is not null)
                yield return fault;
        }
    }

    private static PlaceholderText Read(string key, string uri)
    {
        try
        {
            return PlaceholderText.Parse(SourceText.Read(uri));
        }
        catch (FormatException e)
        {
            throw new FormatException($"Selfservice:Courier:Templates:{key} {e.Message}.", e);
        }
    }

    private static IEnumerable<Source> Sources(TemplatesOptions o) =>
    [
        .. Of("Recovery:Valid", CourierTemplate.RecoveryValid, o.Recovery.Valid),
        .. Of("Recovery:Invalid", CourierTemplate.RecoveryInvalid, o.Recovery.Invalid),
        .. Of("RecoveryCode:Valid", CourierTemplate.RecoveryCodeValid, o.RecoveryCode.Valid),
        .. Of("RecoveryCode:Invalid", CourierTemplate.RecoveryCodeInvalid, o.RecoveryCode.Invalid),
        .. Of("Verification:Valid", CourierTemplate.VerificationValid, o.Verification.Valid),
        .. Of("Verification:Invalid", CourierTemplate.VerificationInvalid, o.Verification.Invalid),
        .. Of("VerificationCode:Valid", CourierTemplate.VerificationCodeValid, o.VerificationCode.Valid),
        .. Of("VerificationCode:Invalid", CourierTemplate.VerificationCodeInvalid, o.VerificationCode.Invalid),
        .. Of("LoginCode:Valid", CourierTemplate.LoginCodeValid, o.LoginCode.Valid),
        .. Of("RegistrationCode:Valid", CourierTemplate.RegistrationCodeValid, o.RegistrationCode.Valid),
        .. Of("VerifiableAddressChanged", CourierTemplate.VerifiableAddressChanged, o.VerifiableAddressChanged),
        .. Of("AuthenticatorKeyAdded", CourierTemplate.AuthenticatorKeyAdded, o.AuthenticatorKeyAdded),
    ];

    private static IEnumerable<Source> Of(string key, CourierTemplate template, TemplateTextOptions texts) =>
    [
        new(key + ":Email:Subject", template, MessageChannel.Email, MessagePart.Subject, texts.Email.Subject),
        new(key + ":Email:Body:Plaintext", template, MessageChannel.Email, MessagePart.Text, texts.Email.Body.Plaintext),
        new(key + ":Email:Body:Html", template, MessageChannel.Email, MessagePart.Html, texts.Email.Body.Html),
        new(key + ":Sms:Body:Plaintext", template, MessageChannel.Sms, MessagePart.Text, texts.Sms.Body.Plaintext),
    ];

    private sealed record Source(string Key, CourierTemplate Template, MessageChannel Channel, MessagePart Part, string? Uri);
}
