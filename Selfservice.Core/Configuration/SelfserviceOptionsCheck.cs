using System.Text.RegularExpressions;
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

    private sealed class Rules : OptionsRules<SelfserviceOptions>
    {
        private static readonly (string Key, Func<SelfserviceOptions, TimeSpan> Time)[] Positive =
        [
            ("Flows:Login:Lifespan", o => o.Flows.Login.Lifespan),
            ("Flows:Registration:Lifespan", o => o.Flows.Registration.Lifespan),
            ("Flows:Settings:Lifespan", o => o.Flows.Settings.Lifespan),
            ("Flows:Recovery:Lifespan", o => o.Flows.Recovery.Lifespan),
            ("Flows:Verification:Lifespan", o => o.Flows.Verification.Lifespan),
            ("Session:Lifespan", o => o.Session.Lifespan),
        ];

        public Rules(bool isDevelopment)
        {
            Demand(
                o => o.PublicUrl is null || IsPublicUrl(o.PublicUrl),
                o => $"Selfservice:PublicUrl is \"{o.PublicUrl}\"; give an absolute http or https URL without query and without a trailing slash.");
            Demand(
                o => isDevelopment || o.Cookies.Secure == false || !Uri.TryCreate(o.PublicUrl, UriKind.Absolute, out var url) || url.Scheme != "http" || url.IsLoopback,
                "Selfservice:PublicUrl is http; outside Development give an https URL, because cookies and passwords would travel in clear, or set Selfservice:Cookies:Secure to false to say that they may.");
            Demand(
                o => o.PublicUrl is not null || isDevelopment,
                "Selfservice:PublicUrl is not set; outside Development give the URL under which clients reach this host, because a request can claim any host name.");
            Demand(
                o => o.Secrets.Default.Count > 0 || isDevelopment,
                "Selfservice:Secrets:Default is empty; outside Development give at least one random text of 32 characters or more.");
            Demand(o => AreLong(o.Secrets.Default), Short("Default"));
            Demand(o => AreLong(o.Secrets.Cookie), Short("Cookie"));
            Demand(o => AreLong(o.Secrets.Cipher), Short("Cipher"));
            Demand(o => IsUrlOrPath(o.DefaultBrowserReturnUrl), o => Bad("DefaultBrowserReturnUrl", o.DefaultBrowserReturnUrl));
            Demand(o => IsUrlOrPath(o.Flows.Error.UiUrl), o => Bad("Flows:Error:UiUrl", o.Flows.Error.UiUrl));
            Demand(
                o => o.AllowedReturnUrls.TrueForAll(IsReturnUrl),
                o => $"Selfservice:AllowedReturnUrls has \"{o.AllowedReturnUrls.Find(url => !IsReturnUrl(url))}\"; give an absolute URL, whose host may begin with *.");
            Demand(
                o => o.Flows.Settings.PrivilegedSessionMaxAge >= TimeSpan.Zero,
                "Selfservice:Flows:Settings:PrivilegedSessionMaxAge must not be negative; 0 asks for a proof every time.");
            Demand(
                o => IsRequiredAal(o.Flows.Settings.RequiredAal),
                o => $"Selfservice:Flows:Settings:RequiredAal is \"{o.Flows.Settings.RequiredAal}\"; use aal1 or highest_available.");
            Demand(
                o => o.Security.MessageBudget is { PerRecipient: >= 1, PerClient: >= 1 },
                "Selfservice:Security:MessageBudget: PerRecipient and PerClient must be 1 or more.");
            Demand(
                o => o.Security.MessageBudget.Window > TimeSpan.Zero && o.Security.MessageBudget.Window <= LongestTime,
                o => $"Selfservice:Security:MessageBudget:Window is {o.Security.MessageBudget.Window}; it must be longer than nothing and at most 36,500 days (876000h).");
            Demand(
                o => o.Clients.WebHook.Timeout > TimeSpan.Zero && o.Clients.WebHook.Timeout <= TimeSpan.FromSeconds(55),
                "Selfservice:Clients:WebHook:Timeout must be longer than nothing and at most 55 seconds, or the person's own request ends first.");
            Demand(
                o => IsRequiredAal(o.Session.Whoami.RequiredAal),
                o => $"Selfservice:Session:Whoami:RequiredAal is \"{o.Session.Whoami.RequiredAal}\"; use aal1 or highest_available.");
            Demand(o => IsSameSite(o.Cookies.SameSite), o => $"Selfservice:Cookies:SameSite is \"{o.Cookies.SameSite}\"; use Lax, Strict or None.");
            Demand(
                o => o.Session.Cookie.SameSite is null || IsSameSite(o.Session.Cookie.SameSite),
                o => $"Selfservice:Session:Cookie:SameSite is \"{o.Session.Cookie.SameSite}\"; use Lax, Strict or None.");
            Demand(
                o => !o.Serve.Public.Cors.Enabled || o.Serve.Public.Cors.AllowedOrigins.Count > 0,
                "Selfservice:Serve:Public:Cors is enabled without AllowedOrigins; list the origins whose scripts may call, because with cookies every site could.");
            Demand(
                o => o.Serve.Public.Cors is not { Enabled: true, AllowCredentials: true } cors || cors.AllowedOrigins.TrueForAll(NamesItsSites),
                o => $"Selfservice:Serve:Public:Cors:AllowedOrigins has \"{o.Serve.Public.Cors.AllowedOrigins.Find(origin => !NamesItsSites(origin))}\" while AllowCredentials is true, so "
                    + "foreign sites could act for whoever is signed in; name the origins, write * for sub-domains of a domain or for the port only, or set AllowCredentials to false.");
            foreach (var kind in FlowKind.All)
                Demand(o => IsUrlOrPath(o.Flows.UiUrlOf(kind)), o => Bad($"Flows:{Key(kind)}:UiUrl", o.Flows.UiUrlOf(kind)));
            foreach (var (key, time) in Positive)
                Demand(o => time(o) > TimeSpan.Zero, $"Selfservice:{key} must be longer than nothing.");
        }

        private static bool AreLong(List<string> keys) => keys.TrueForAll(key => key.Length >= 32);

        private static string Short(string list) => $"A key in Selfservice:Secrets:{list} is shorter than 32 characters; take a longer random text.";

        private static bool IsReturnUrl(string url) => Uri.TryCreate(url.Replace("://*.", "://any.", StringComparison.Ordinal), UriKind.Absolute, out _);

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
