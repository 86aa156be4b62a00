using FluentValidation;
using Microsoft.Extensions.Options;

namespace Selfservice.Strategies.Password;

/// <summary>Stops a host whose password settings are wrong.</summary>
internal sealed class PasswordOptionsCheck : AbstractValidator<PasswordOptions>, IValidateOptions<PasswordOptions>
{
    public PasswordOptionsCheck()
    {
        RuleFor(o => o.Config.MinPasswordLength).InclusiveBetween(6, 128)
            .WithMessage("Selfservice:Methods:Password:Config:MinPasswordLength is {PropertyValue}; it must be between 6 and 128.");
        RuleFor(o => o.Config.MaxBreaches).InclusiveBetween(0, 100)
            .WithMessage("Selfservice:Methods:Password:Config:MaxBreaches is {PropertyValue}; it must be between 0 and 100.");
        RuleFor(o => o.Config.MaximumConcurrentHashes).InclusiveBetween(0, 1024)
            .WithMessage("Selfservice:Methods:Password:Config:MaximumConcurrentHashes is {PropertyValue}; it must be between 0 (one for each processor) and 1024.");
        RuleFor(o => o.Config.HaveibeenpwnedTimeout).InclusiveBetween(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1))
            .WithMessage("Selfservice:Methods:Password:Config:HaveibeenpwnedTimeout is {PropertyValue}; it must be between 1ms and 1m.");
        RuleFor(o => o.Config.HaveibeenpwnedHost).Must(host => Uri.CheckHostName(host) != UriHostNameType.Unknown || Uri.TryCreate(host, UriKind.Absolute, out _))
            .WithMessage("Selfservice:Methods:Password:Config:HaveibeenpwnedHost is \"{PropertyValue}\"; give a host name.");
    }

    ValidateOptionsResult IValidateOptions<PasswordOptions>.Validate(string? name, PasswordOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => e.ErrorMessage));
    }
}
