using FluentValidation;
using Microsoft.Extensions.Options;

namespace Selfservice.Strategies.Code;

internal sealed class CodeOptionsCheck : AbstractValidator<CodeOptions>, IValidateOptions<CodeOptions>
{
    public CodeOptionsCheck()
    {
        RuleFor(o => o.Config.Lifespan).GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).WithMessage("Selfservice:Methods:Code:Config:Lifespan must be at least 1s.");
        RuleFor(o => o.Config.MaxSubmissions).InclusiveBetween(1, 255).WithMessage("Selfservice:Methods:Code:Config:MaxSubmissions must be 1 to 255.");
        RuleFor(o => o.Config.MaxSubmissionsPerAddress).InclusiveBetween(1, 10_000).WithMessage("Selfservice:Methods:Code:Config:MaxSubmissionsPerAddress must be 1 to 10000.");
    }

    public ValidateOptionsResult Validate(string? name, CodeOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => e.ErrorMessage));
    }
}
