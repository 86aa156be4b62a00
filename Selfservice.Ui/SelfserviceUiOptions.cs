namespace Selfservice.Ui;

/// <summary>What a host may set about the pages.</summary>
public sealed class SelfserviceUiOptions
{
    /// <summary>The name of the product, in titles and in the header. Default: <c>Selfservice</c>.</summary>
    public string ProductName { get; set; } = "Selfservice";

    /// <summary>The language that the texts are in, for the <c>lang</c> attribute. Default: <c>en</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>The path of the sign-in page. Default: <c>/login</c>.</summary>
    public string LoginPath { get; set; } = "/login";

    /// <summary>The path of the sign-up page. Default: <c>/registration</c>.</summary>
    public string RegistrationPath { get; set; } = "/registration";

    /// <summary>The path of the settings page. Default: <c>/settings</c>.</summary>
    public string SettingsPath { get; set; } = "/settings";

    /// <summary>The path of the recovery page. Default: <c>/recovery</c>.</summary>
    public string RecoveryPath { get; set; } = "/recovery";

    /// <summary>The path of the verification page. Default: <c>/verification</c>.</summary>
    public string VerificationPath { get; set; } = "/verification";

    /// <summary>The path of the error page. Default: <c>/error</c>.</summary>
    public string ErrorPath { get; set; } = "/error";

    /// <summary>The path of the page that people land on after they signed in. Default: <c>/welcome</c>.</summary>
    public string WelcomePath { get; set; } = "/welcome";

    /// <summary>The path of the page that lists sessions. Default: <c>/account/sessions</c> (the JSON API has <c>/sessions</c>).</summary>
    public string SessionsPath { get; set; } = "/account/sessions";

    /// <summary>Below which path or URL the engine's endpoints are; a flow starts at <c>{here}/{kind}/browser</c>. Default: <c>/self-service</c>.</summary>
    public string FlowsBaseUrl { get; set; } = "/self-service";

    /// <summary>Where the product's name and the error page's "home" lead. Default: <c>/</c>.</summary>
    public string HomeUrl { get; set; } = "/";

    /// <summary>The URL of a logo, shown 32 pixels high instead of the product's initial. Default: null (none).</summary>
    public string? LogoUrl { get; set; }

    /// <summary>The URL of a stylesheet that is loaded after ours; usually it sets the CSS variables. Default: null (none).</summary>
    public string? StylesheetUrl { get; set; }

    /// <summary>The URL of the privacy policy, linked in the footer. Default: null (no link).</summary>
    public string? PrivacyUrl { get; set; }

    /// <summary>The URL of the terms of use, linked in the footer. Default: null (no link).</summary>
    public string? TermsUrl { get; set; }

    /// <summary>The URL of help, linked in the footer and on the error page. Default: null (no link).</summary>
    public string? HelpUrl { get; set; }

    /// <summary>The URL that the sign-in page's "Forgot your password?" leads to. Default: null, which is the recovery flow where that is enabled and no link elsewhere.</summary>
    public string? ForgotPasswordUrl { get; set; }

    /// <summary>Whether the sign-in page offers to sign up. Default: true; turn it off where registration is disabled.</summary>
    public bool ShowRegistrationLink { get; set; } = true;

    /// <summary>
    /// The sources of the <c>form-action</c> directive of the content security policy. Browsers also hold the redirects after a form against it: the way to
    /// a social sign-in provider and the way back to an application. Default: null, which allows the flow's own origin and every <c>https:</c> URL (every
    /// <c>http:</c> one too while the page itself is not on HTTPS). Naming each origin here makes it tighter.
    /// </summary>
    public IReadOnlyList<string>? FormActionSources { get; set; }

    /// <summary>The texts of the pages. Default: English. A host with several languages registers <see cref="PageTexts"/> as a scoped service instead.</summary>
    public PageTexts Texts { get; set; } = new();
}
