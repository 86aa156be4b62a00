using Microsoft.Extensions.Logging;
using Selfservice.Hooks;
using Selfservice.Login;

public sealed class AuditHook(ILogger<AuditHook> logger) : IConfiguredHook, IFlowHook<LoginDraft>
{
    public string Name => "audit";

    public ValueTask AfterCommitAsync(LoginDraft draft, CancellationToken cancellationToken)
    {
        logger.LogInformation("Identity {Identity} signed in", draft.Authentication.Identity.Id);
        return ValueTask.CompletedTask;
    }
}
