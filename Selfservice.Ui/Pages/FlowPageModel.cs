using Selfservice.Flows;
using Selfservice.Sessions;
using Selfservice.Ui.Forms;

namespace Selfservice.Ui.Pages;

/// <summary>What the page of a flow shows.</summary>
internal sealed record FlowPageModel(FlowForm Form, FlowPageInfo Info, string? LogoutUrl)
{
    public bool IsLogin => Info.Kind == FlowKind.Login;

    public bool IsRegistration => Info.Kind == FlowKind.Registration;

    public bool IsSecondFactor => IsLogin && Info.RequestedAal == AuthenticatorAssuranceLevel.Aal2;

    public bool IsSettings => Info.Kind.Name == "settings";

    public string Title(PageTexts texts) => Info.Kind.Name switch
    {
        "login" when IsSecondFactor => texts.SecondFactorTitle,
        "login" when Info.Refresh => texts.RefreshTitle,
        "login" => texts.LoginTitle,
        "registration" when Form.Step == 2 => texts.RegistrationMethodTitle,
        "registration" => texts.RegistrationTitle,
        "recovery" => texts.RecoveryTitle,
        "verification" => texts.VerificationTitle,
        "settings" => texts.SettingsTitle,
        var other => FieldNames.Humanise(other),
    };
}
