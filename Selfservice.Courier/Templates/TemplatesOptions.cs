namespace Selfservice.Courier;

/// <summary>Texts that replace the built-in ones, by template. Each is <c>base64://</c> with the text or <c>file://</c> with its path, and may have placeholders such as <c>{{ .RecoveryCode }}</c>.</summary>
public sealed class TemplatesOptions
{
    /// <summary>Recovery by link.</summary>
    public TemplateOutcomeOptions Recovery { get; set; } = new();

    /// <summary>Recovery by code.</summary>
    public TemplateOutcomeOptions RecoveryCode { get; set; } = new();

    /// <summary>Verification by link.</summary>
    public TemplateOutcomeOptions Verification { get; set; } = new();

    /// <summary>Verification by code.</summary>
    public TemplateOutcomeOptions VerificationCode { get; set; } = new();

    /// <summary>Sign-in by code.</summary>
    public TemplateOutcomeOptions LoginCode { get; set; } = new();

    /// <summary>Sign-up by code.</summary>
    public TemplateOutcomeOptions RegistrationCode { get; set; } = new();

    /// <summary>An address was replaced.</summary>
    public TemplateTextOptions VerifiableAddressChanged { get; set; } = new();

    /// <summary>A key was added.</summary>
    public TemplateTextOptions AuthenticatorKeyAdded { get; set; } = new();
}

/// <summary>The texts of a template for known and unknown addresses.</summary>
public sealed class TemplateOutcomeOptions
{
    /// <summary>For an address that an account has.</summary>
    public TemplateTextOptions Valid { get; set; } = new();

    /// <summary>For an address that none has.</summary>
    public TemplateTextOptions Invalid { get; set; } = new();
}

/// <summary>The texts of a template by channel.</summary>
public sealed class TemplateTextOptions
{
    /// <summary>The e-mail.</summary>
    public EmailTextOptions Email { get; set; } = new();

    /// <summary>The text message.</summary>
    public SmsTextOptions Sms { get; set; } = new();
}

/// <summary>The texts of an e-mail. What is null stays built-in.</summary>
public sealed class EmailTextOptions
{
    /// <summary>The subject.</summary>
    public string? Subject { get; set; }

    /// <summary>The two bodies.</summary>
    public EmailBodyOptions Body { get; set; } = new();
}

/// <summary>The bodies of an e-mail. What is null stays built-in.</summary>
public sealed class EmailBodyOptions
{
    /// <summary>The HTML part. Values are encoded where a placeholder stands.</summary>
    public string? Html { get; set; }

    /// <summary>The plain text.</summary>
    public string? Plaintext { get; set; }
}

/// <summary>The text of a text message.</summary>
public sealed class SmsTextOptions
{
    /// <summary>The body.</summary>
    public SmsBodyOptions Body { get; set; } = new();
}

/// <summary>The body of a text message.</summary>
public sealed class SmsBodyOptions
{
    /// <summary>The text; null stays built-in.</summary>
    public string? Plaintext { get; set; }
}
