using FluentValidation;
using Microsoft.Extensions.Options;

namespace Selfservice.Configuration;

/// <summary>
/// What settings have to fulfil, and the sentence that a host stops with where they don't. All demands are one rule: a rule's expression is compiled when the host starts, which takes about
/// a millisecond.
/// </summary>
/// <typeparam name="TOptions">The class of the settings.</typeparam>
public abstract class OptionsRules<TOptions> : AbstractValidator<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    private readonly IRuleBuilderInitial<TOptions, TOptions> _rule;

    /// <summary>Creates rules without a demand.</summary>
    protected OptionsRules() => _rule = RuleFor(o => o);

    /// <summary>Demands something of the settings.</summary>
    /// <param name="holds">Whether they are right.</param>
    /// <param name="sentence">The sentence that names the key and says how to mend it.</param>
    protected void Demand(Func<TOptions, bool> holds, string sentence) => Demand(holds, _ => sentence);

    /// <summary>Demands something of the settings.</summary>
    /// <param name="holds">Whether they are right.</param>
    /// <param name="sentence">Makes the sentence that names the key and says how to mend it.</param>
    protected void Demand(Func<TOptions, bool> holds, Func<TOptions, string> sentence) => _rule.Must(holds).WithMessage(sentence);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(e => e.ErrorMessage));
    }
}
