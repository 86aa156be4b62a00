using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Options;

namespace Selfservice.Configuration;

/// <summary>
/// What settings have to fulfil, and the sentence that a host stops with where they don't. Demands are plain functions beside the validator's own rules: an expression such as
/// <c>RuleFor(o =&gt; o)</c> takes every host that starts milliseconds, and 3 MB that stay, for the library that compiles expressions.
/// </summary>
/// <typeparam name="TOptions">The class of the settings.</typeparam>
public abstract class OptionsRules<TOptions> : AbstractValidator<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    /// <summary>The longest time that a setting may name, 36,500 days, which are a hundred years: what is added to the present time, or taken from it, stays among the dates that there are.</summary>
    protected static readonly TimeSpan LongestTime = TimeSpan.FromDays(36_500);

    private readonly List<(Func<TOptions, bool> Holds, Func<TOptions, string> Sentence)> _demands = [];

    /// <summary>Demands something of the settings.</summary>
    /// <param name="holds">Whether they are right.</param>
    /// <param name="sentence">The sentence that names the key and says how to mend it.</param>
    protected void Demand(Func<TOptions, bool> holds, string sentence) => Demand(holds, _ => sentence);

    /// <summary>Demands something of the settings.</summary>
    /// <param name="holds">Whether they are right.</param>
    /// <param name="sentence">Makes the sentence that names the key and says how to mend it.</param>
    protected void Demand(Func<TOptions, bool> holds, Func<TOptions, string> sentence) => _demands.Add((holds, sentence));

    /// <inheritdoc/>
    public override ValidationResult Validate(ValidationContext<TOptions> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var result = base.Validate(context);
        foreach (var (holds, sentence) in _demands)
        {
            if (!holds(context.InstanceToValidate))
                result.Errors.Add(new ValidationFailure("", sentence(context.InstanceToValidate)));
        }

        return result;
    }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => e.ErrorMessage));
    }
}
