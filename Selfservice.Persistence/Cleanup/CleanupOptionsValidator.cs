using FluentValidation;
using Microsoft.Extensions.Options;

namespace Selfservice.Persistence.Cleanup;

internal sealed class CleanupOptionsValidator : AbstractValidator<CleanupOptions>, IValidateOptions<CleanupOptions>
{
    public CleanupOptionsValidator()
    {
        RuleFor(o => o.Interval).InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        RuleFor(o => o.BatchSize).InclusiveBetween(1, 10_000);
        RuleFor(o => o.Pause).InclusiveBetween(TimeSpan.Zero, TimeSpan.FromMinutes(1));
        RuleFor(o => o.FlowGrace).GreaterThanOrEqualTo(TimeSpan.Zero);
        RuleFor(o => o.SecretGrace).GreaterThanOrEqualTo(TimeSpan.Zero);
        RuleFor(o => o.SessionGrace).GreaterThanOrEqualTo(TimeSpan.Zero);
        RuleFor(o => o.ErrorRetention).GreaterThanOrEqualTo(TimeSpan.Zero);
        RuleFor(o => o.MessageRetention).GreaterThanOrEqualTo(TimeSpan.Zero);
    }

    public ValidateOptionsResult Validate(string? name, CleanupOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => $"CleanupOptions.{e.PropertyName}: {e.ErrorMessage}"));
    }
}
