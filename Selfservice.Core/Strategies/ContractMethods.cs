using Selfservice.Flows;

namespace Selfservice.Strategies;

/// <summary>
/// The methods of the contract that answer as switched off in a host that does not have them: clients are told the same whether a method is off or not installed. The contract is not the
/// same for all: others are then as unknown as any word. A method that is installed speaks for itself and never comes here, so a new one need not be listed.
/// </summary>
internal static class ContractMethods
{
    private static readonly HashSet<(FlowKind Kind, string Method)> SwitchedOff =
    [
        (FlowKind.Login, "oidc"),
        (FlowKind.Login, "passkey"),
        (FlowKind.Registration, "oidc"),
        (FlowKind.Settings, "oidc"),
        (FlowKind.Settings, "totp"),
    ];

    /// <summary>Whether a submission that no installed method claimed names one of them.</summary>
    public static bool IsSwitchedOff(FlowKind kind, string? method) => method is not null && SwitchedOff.Contains((kind, method));
}
