using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Composition;
using Selfservice.Flows;

namespace Selfservice.Configuration;

/// <summary>Stops a host whose configuration is wrong, with the sentence that mends it.</summary>
internal sealed partial class SelfserviceOptionsCheck(IEnumerable<OptionsSection> sections, IHostEnvironment? environment = null, IConfiguration? configuration = null) : IValidateOptions<SelfserviceOptions>
{
    public ValidateOptionsResult Validate(string? name, SelfserviceOptions options)
    {
        var faults = new List<string>();
        if (configuration is not null)
        {
            faults.AddRange(OptionsSection.UnknownKeys(configuration.GetSection(SelfserviceBuilder.SectionName), [.. sections])
                .Select(key => $"The configuration key {key} means nothing here; remove it, correct its spelling, or add the package that it belongs to."));
        }

        faults.AddRange(new Rules(environment?.IsDevelopment() == true).Validate(options).Errors.Select(e => e.ErrorMessage));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    [GeneratedRegex(@"^https?://([^*]*\*(\.[^.*]+){2,}|[^*]+:\*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BoundPlaceholder { get; }

    private sealed class Rules : AbstractValidator<SelfserviceOptions>
    {
        public Rules(bool isDevelopment)
        {
            RuleFor(o => o.PublicUrl).Must(url => url is null || IsPublicUrl(url))
                .WithMessage(o => $"Selfservice:PublicUrl is \"{o.PublicUrl}\"; give an absolute http or https URL without query and without a trailing slash.");
            if (!isDevelopment)
            {
                RuleFor(o => o.PublicUrl).NotNull()
                    .WithMessage("Selfservice:PublicUrl is not set; outside Development give the URL under which clients reach this host, because a request can claim any host name.");
                RuleFor(o => o.Secrets.Default).NotEmpty()
                    .WithMessage("Selfservice:Secrets:Default is empty; outside Development give at least one random text of 32 characters or more.");
            }

            RuleForEach(o => o.Secrets.Default).MinimumLength(32).WithMessage("A key in Selfservice:Secrets:Default is shorter than 32 characters; take a longer random text.");
            RuleForEach(o => o.Secrets.Cookie).MinimumLength(32).WithMessage("A key in Selfservice:Secrets:Cookie is shorter than 32 characters; take a longer random text.");
            RuleForEach(o => o.Secrets.Cipher).MinimumLength(32).WithMessage("A key in Selfservice:Secrets:Cipher is shorter than 32 characters; take a longer random text.");
            RuleFor(o => o.DefaultBrowserReturnUrl).Must(IsUrlOrPath).WithMessage(o => Bad("DefaultBrowserReturnUrl", o.DefaultBrowserReturnUrl));
            foreach (var kind in FlowKind.All)
                RuleFor(o => o.Flows.UiUrlOf(kind)).Must(IsUrlOrPath).WithMessage(o => Bad($"Flows:{Key(kind)}:UiUrl", o.Flows.UiUrlOf(kind)));
            RuleFor(o => o.Flows.Error.UiUrl).Must(IsUrlOrPath).WithMessage(o => Bad("Flows:Error:UiUrl", o.Flows.Error.UiUrl));
            RuleForEach(o => o.AllowedReturnUrls).Must(url => Uri.TryCreate(url.Replace("://*.", "://any.", StringComparison.Ordinal), UriKind.Absolute, out _))
                .WithMessage((_, url) => $"Selfservice:AllowedReturnUrls has \"{url}\"; give an absolute URL, whose host may begin with *.");
            Positive(o => o.Flows.Login.Lifespan, "Flows:Login:Lifespan");
            Positive(o => o.Flows.Registration.Lifespan, "Flows:Registration:Lifespan");
            Positive(o => o.Flows.Settings.Lifespan, "Flows:Settings:Lifespan");
            Positive(o => o.Flows.Recovery.Lifespan, "Flows:Recovery:Lifespan");
            Positive(o => o.Flows.Verification.Lifespan, "Flows:Verification:Lifespan");
            Positive(o => o.Security.MessageBudget.Window, "Security:MessageBudget:Window");
            RuleFor(o => o.Flows.Settings.PrivilegedSessionMaxAge).GreaterThanOrEqualTo(TimeSpan.Zero).WithMessage("Selfservice:Flows:Settings:PrivilegedSessionMaxAge must not be negative; 0 asks for a proof every time.");
            RuleFor(o => o.Flows.Settings.RequiredAal).Must(IsRequiredAal)
                .WithMessage(o => $"Selfservice:Flows:Settings:RequiredAal is \"{o.Flows.Settings.RequiredAal}\"; use aal1 or highest_available.");
            RuleFor(o => o.Security.MessageBudget).Must(b => b is { PerRecipient: >= 1, PerClient: >= 1 })
                .WithMessage("Selfservice:Security:MessageBudget: PerRecipient and PerClient must be 1 or more.");
            RuleFor(o => o.Clients.WebHook.Timeout).Must(t => t > TimeSpan.Zero && t <= TimeSpan.FromSeconds(55))
                .WithMessage("Selfservice:Clients:WebHook:Timeout must be longer than nothing and at most 55 seconds, or the person's own request ends first.");
            Positive(o => o.Session.Lifespan, "Session:Lifespan");
            RuleFor(o => o.Session.Whoami.RequiredAal).Must(IsRequiredAal)
                .WithMessage(o => $"Selfservice:Session:Whoami:RequiredAal is \"{o.Session.Whoami.RequiredAal}\"; use aal1 or highest_available.");
            RuleFor(o => o.Cookies.SameSite).Must(IsSameSite).WithMessage(o => $"Selfservice:Cookies:SameSite is \"{o.Cookies.SameSite}\"; use Lax, Strict or None.");
            RuleFor(o => o.Session.Cookie.SameSite).Must(s => s is null || IsSameSite(s)).WithMessage(o => $"Selfservice:Session:Cookie:SameSite is \"{o.Session.Cookie.SameSite}\"; use Lax, Strict or None.");
            RuleFor(o => o.Serve.Public.Cors).Must(cors => !cors.Enabled || cors.AllowedOrigins.Count > 0)
                .WithMessage("Selfservice:Serve:Public:Cors is enabled without AllowedOrigins; list the origins whose scripts may call, because with cookies every site could.");
            RuleFor(o => o.Serve.Public.Cors).Must(cors => !cors.Enabled || !cors.AllowCredentials || cors.AllowedOrigins.TrueForAll(NamesItsSites))
                .WithMessage(o => $"Selfservice:Serve:Public:Cors:AllowedOrigins has \"{o.Serve.Public.Cors.AllowedOrigins.Find(origin => !NamesItsSites(origin))}\" while AllowCredentials is true, so "
                    + "foreign sites could act for whoever is signed in; name the origins, write * for sub-domains of a domain or for the port only, or set AllowCredentials to false.");
        }

        private void Positive(System.Linq.Expressions.Expression<Func<SelfserviceOptions, TimeSpan>> time, string key) =>
            RuleFor(time).GreaterThan(TimeSpan.Zero).WithMessage($"Selfservice:{key} must be longer than nothing.");

        private static bool IsRequiredAal(string aal) => aal is "aal1" or "highest_available";

        private static string Key(FlowKind kind) => char.ToUpperInvariant(kind.Name[0]) + kind.Name[1..];

        private static string Bad(string key, string? value) => $"Selfservice:{key} is \"{value}\"; give an absolute http or https URL, or a path that begins with a slash.";

        private static bool IsPublicUrl(string url) =>
            Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && !url.EndsWith('/') && uri.Query.Length == 0 && uri.Fragment.Length == 0;

        private static bool IsUrlOrPath(string url) =>
            (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

        /// <summary>Whether an origin with a placeholder still belongs to somebody: https://*.example.org and http://localhost:* do, *, https://*, https://*.org and https://*example.org do not.</summary>
        private static bool NamesItsSites(string origin) => !origin.Contains('*', StringComparison.Ordinal) || BoundPlaceholder.IsMatch(origin);

        private static bool IsSameSite(string value) => value is "Lax" or "Strict" or "None";
    }
}
