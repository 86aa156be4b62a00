using Selfservice.Hooks;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Strategies;

public sealed class CompanyAddressesOnly : IFlowHook<RegistrationDraft>
{
    private static readonly Message NotOurs = Message.Error(MessageId.FirstThirdPartyValue + 100, "Please sign up with your address at example.org.");

    public ValueTask<HookVerdict> BeforeCommitAsync(RegistrationDraft draft, CancellationToken cancellationToken) =>
        ValueTask.FromResult(draft.Identity.Traits.GetProperty("email").GetString()!.EndsWith("@example.org", StringComparison.OrdinalIgnoreCase)
            ? HookVerdict.Continue
            : new HookVerdict.Veto(new FieldMessage("traits.email", NotOurs)));
}
