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

    public bool IsSettings => Info.Kind == FlowKind.Settings;

    public bool IsRecovery => Info.Kind == FlowKind.Recovery;

    public bool IsVerification => Info.Kind == FlowKind.Verification;

    /// <summary>Whether there is nothing left to do here.</summary>
    public bool IsPassed => Info.State == FlowState.PassedChallenge.Name;

    /// <summary>Whether a message is on its way whose link, not a code, is what goes on.</summary>
    public bool AwaitsLink => Form.SentTo is not null && Form.Parts.SelectMany(p => p.Sections).SelectMany(s => s.Elements).All(e => e is not FieldModel { Input.Name: "code" });

    /// <summary>Whether a provider did not say all that an account needs.</summary>
    public bool AsksForMissing => Form is { ContinuesWith: not null } && Form.Parts.SelectMany(p => p.Sections).SelectMany(s => s.Elements).Any(e => e is FieldModel);

    public string Title(PageTexts texts) => Info.Kind.Name switch
    {
        "login" when IsSecondFactor => texts.SecondFactorTitle,
        "login" when Info.Refresh => texts.RefreshTitle,
        "login" when Info.LinksAccount => texts.LinkTitle,
        "login" => texts.LoginTitle,
        "registration" when AsksForMissing => texts.MissingTitle,
        "registration" when Form.Step == 2 => texts.RegistrationMethodTitle,
        "registration" => texts.RegistrationTitle,
        "recovery" when IsPassed => texts.RecoveredTitle,
        "verification" when IsPassed => texts.VerifiedTitle,
        "recovery" or "verification" when AwaitsLink => texts.LookIntoMailTitle,
        "recovery" or "verification" when Form.SentTo is not null => texts.EnterCodeTitle,
        "recovery" => texts.RecoveryTitle,
        "verification" => texts.VerificationTitle,
        "settings" => texts.SettingsTitle,
        var other => FieldNames.Humanise(other),
    };
}
