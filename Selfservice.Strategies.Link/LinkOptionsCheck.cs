using FluentValidation;
using Microsoft.Extensions.Options;

namespace Selfservice.Strategies.Link;

internal sealed class LinkOptionsCheck : AbstractValidator<LinkOptions>, IValidateOptions<LinkOptions>
{
    public LinkOptionsCheck() =>
        RuleFor(o => o.Config.Lifespan).GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).WithMessage("Selfservice:Methods:Link:Config:Lifespan must be at least 1s.");

    public ValidateOptionsResult Validate(string? name, LinkOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => e.ErrorMessage));
    }
}
