using Selfservice.Courier.Templates.Mails;

namespace Selfservice.Courier.Templates;

/// <summary>Which component makes a message.</summary>
/// <param name="Template">What the message is about.</param>
/// <param name="Channel">The way that it takes.</param>
/// <param name="Culture">For which language, a culture's name; null for all that have none of their own.</param>
/// <param name="Component">The component, a <see cref="MessageTemplate"/>.</param>
internal sealed record TemplateRegistration(CourierTemplate Template, MessageChannel Channel, string? Culture, Type Component)
{
    /// <summary>What the package brings along.</summary>
    public static IReadOnlyList<TemplateRegistration> BuiltIn { get; } =
    [
        Mail<RecoveryLinkMail>(CourierTemplate.RecoveryValid),
        Mail<RecoveryUnknownMail>(CourierTemplate.RecoveryInvalid),
        Mail<RecoveryCodeMail>(CourierTemplate.RecoveryCodeValid),
        Mail<RecoveryUnknownMail>(CourierTemplate.RecoveryCodeInvalid),
        Mail<VerificationLinkMail>(CourierTemplate.VerificationValid),
        Mail<VerificationUnknownMail>(CourierTemplate.VerificationInvalid),
        Mail<VerificationCodeMail>(CourierTemplate.VerificationCodeValid),
        Mail<VerificationUnknownMail>(CourierTemplate.VerificationCodeInvalid),
        Mail<LoginCodeMail>(CourierTemplate.LoginCodeValid),
        Mail<RegistrationCodeMail>(CourierTemplate.RegistrationCodeValid),
        Mail<AddressChangedMail>(CourierTemplate.VerifiableAddressChanged),
        Mail<KeyAddedMail>(CourierTemplate.AuthenticatorKeyAdded),
        Sms<RecoveryCodeSms>(CourierTemplate.RecoveryCodeValid),
        Sms<VerificationCodeSms>(CourierTemplate.VerificationCodeValid),
        Sms<LoginCodeSms>(CourierTemplate.LoginCodeValid),
        Sms<RegistrationCodeSms>(CourierTemplate.RegistrationCodeValid),
        Sms<AddressChangedSms>(CourierTemplate.VerifiableAddressChanged),
        Sms<KeyAddedSms>(CourierTemplate.AuthenticatorKeyAdded),
    ];

    private static TemplateRegistration Mail<TComponent>(CourierTemplate template)
        where TComponent : MessageTemplate => new(template, MessageChannel.Email, null, typeof(TComponent));

    private static TemplateRegistration Sms<TComponent>(CourierTemplate template)
        where TComponent : MessageTemplate => new(template, MessageChannel.Sms, null, typeof(TComponent));
}
