using Selfservice.Configuration;

namespace Selfservice.Ui;

/// <summary>Stops a host whose pages have no name, no language or no address.</summary>
internal sealed class SelfserviceUiOptionsCheck : OptionsRules<SelfserviceUiOptions>
{
    public SelfserviceUiOptionsCheck()
    {
        DemandText("ProductName", o => o.ProductName);
        DemandText("Language", o => o.Language);
        DemandText("LoginPath", o => o.LoginPath);
        DemandText("RegistrationPath", o => o.RegistrationPath);
        DemandText("SettingsPath", o => o.SettingsPath);
        DemandText("RecoveryPath", o => o.RecoveryPath);
        DemandText("VerificationPath", o => o.VerificationPath);
        DemandText("ErrorPath", o => o.ErrorPath);
        DemandText("WelcomePath", o => o.WelcomePath);
        DemandText("SessionsPath", o => o.SessionsPath);
        DemandText("FlowsBaseUrl", o => o.FlowsBaseUrl);
        DemandText("HomeUrl", o => o.HomeUrl);
        Demand(o => o.Texts is not null, "SelfserviceUiOptions.Texts is null; leave it out for the English texts.");
    }

    private void DemandText(string name, Func<SelfserviceUiOptions, string?> value) =>
        Demand(o => !string.IsNullOrWhiteSpace(value(o)), $"Selfservice:Ui:{name} is empty; leave it out for its default.");
}
