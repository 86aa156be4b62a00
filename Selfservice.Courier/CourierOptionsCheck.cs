using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Courier.Delivery;
using Selfservice.Courier.Http;
using Selfservice.Courier.Mime;
using Selfservice.Courier.Smtp;
using Selfservice.Courier.Templates;

namespace Selfservice.Courier;

/// <summary>Stops a host whose courier settings are wrong, with the sentences that mend them.</summary>
internal sealed class CourierOptionsCheck(IHostEnvironment environment, IServiceProviderIsService registered, IOptions<SelfserviceOptions> shared) : IValidateOptions<CourierOptions>
{
    private const int MostRetries = 100;
    private const int MostPulled = 1000;
    private static readonly (TimeSpan Shortest, TimeSpan Longest) PullWait = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));

    public ValidateOptionsResult Validate(string? name, CourierOptions options)
    {
        var faults = Faults(options).Concat(ConfiguredTexts.Faults(options.Templates)).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(CourierOptions options)
    {
        if (options.MessageRetries is < 0 or > MostRetries)
            yield return $"Selfservice:Courier:MessageRetries is {options.MessageRetries}; it must be between 0 and {MostRetries}.";
        if (options.Worker.PullCount is < 1 or > MostPulled)
            yield return $"Selfservice:Courier:Worker:PullCount is {options.Worker.PullCount}; it must be between 1 and {MostPulled}.";
        if (options.Worker.PullWait < PullWait.Shortest || options.Worker.PullWait > PullWait.Longest)
            yield return $"Selfservice:Courier:Worker:PullWait is {options.Worker.PullWait}; it must be between 10ms and 1m.";
        foreach (var fault in options.DeliveryStrategy == DeliveryStrategy.Http ? Request("Http:RequestConfig", options.Http.RequestConfig) : Smtp(options.Smtp))
            yield return fault;
        foreach (var (i, channel) in options.Channels.Index())
        {
            if (channel.Id.Length == 0 || channel.Type != "http")
                yield return $"Selfservice:Courier:Channels:{i} has the id \"{channel.Id}\" and the type \"{channel.Type}\"; give an id such as sms, and the type http.";
            foreach (var fault in Request($"Channels:{i}:RequestConfig", channel.RequestConfig))
                yield return fault;
        }
    }

    private IEnumerable<string> Smtp(SmtpOptions smtp)
    {
        if (smtp.ConnectionUri is null)
        {
            // A host that asks nobody for a proof by mail can do without a server.
            var flows = shared.Value.Flows;
            if ((flows.Recovery.Enabled || flows.Verification.Enabled) && !environment.IsDevelopment() && !registered.IsService(typeof(ICourierChannel)))
                yield return "Selfservice:Courier:Smtp:ConnectionUri is not set, but recovery or verification is enabled; give the mail server as smtp://user:password@host:587/, or add a channel of your own with UseCourierChannel.";
            yield break;
        }

        if (!SmtpEndpoint.TryParse(smtp.ConnectionUri, out _, out var fault))
            yield return $"Selfservice:Courier:Smtp:ConnectionUri {fault}";
        if (!MessageChannel.Email.CanReach(smtp.FromAddress) && smtp.FromAddress != new SmtpOptions().FromAddress)
            yield return $"Selfservice:Courier:Smtp:FromAddress is \"{smtp.FromAddress}\"; give an e-mail address.";
        if (!environment.IsDevelopment() && smtp.FromAddress == new SmtpOptions().FromAddress)
            yield return "Selfservice:Courier:Smtp:FromAddress is not set; give an address of your domain, or mail servers refuse the mails.";
        if (smtp.FromName?.Any(char.IsControl) == true)
            yield return "Selfservice:Courier:Smtp:FromName has a control character; leave it out.";
        if (smtp.LocalName.Length == 0 || smtp.LocalName.Any(c => c is <= ' ' or > '~'))
            yield return $"Selfservice:Courier:Smtp:LocalName is \"{smtp.LocalName}\"; give this host's name.";
        foreach (var (name, value) in smtp.Headers)
        {
            if (!MimeMessage.IsFreeHeader(name) || value.Any(char.IsControl))
                yield return $"Selfservice:Courier:Smtp:Headers has \"{name}\", which is no header's name, is set by the courier itself, or has a control character in its value.";
        }

        if (Certificate(smtp) is { } certificate)
            yield return certificate;
    }

    private static string? Certificate(SmtpOptions smtp)
    {
        if (smtp.ClientCertPath.Length == 0 && smtp.ClientKeyPath.Length == 0)
            return null;
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(smtp.ClientCertPath, smtp.ClientKeyPath);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return $"Selfservice:Courier:Smtp:ClientCertPath and ClientKeyPath cannot be read ({e.Message}); give a certificate and its key as PEM files.";
        }
    }

    private static IEnumerable<string> Request(string key, RequestOptions request)
    {
        key = $"Selfservice:Courier:{key}";
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return $"{key}:Url is \"{request.Url}\"; give an absolute http or https URL.";
        if (request.Method.Length == 0 || !request.Method.All(char.IsAsciiLetterUpper))
            yield return $"{key}:Method is \"{request.Method}\"; give a method such as POST.";
        foreach (var (name, value) in request.Headers)
        {
            if (name.Length == 0 || name.Any(c => c is <= ' ' or > '~' or ':') || value.Any(char.IsControl))
                yield return $"{key}:Headers has \"{name}\", which is no header's name, or has a control character in its value.";
        }

        var type = request.Headers.GetValueOrDefault("Content-Type", HttpChannel.JsonContentType);
        if (!MediaTypeHeaderValue.TryParse(type, out var media) || media.MediaType is not (HttpChannel.JsonContentType or HttpChannel.FormContentType))
            yield return $"{key}:Headers:Content-Type is \"{type}\"; use {HttpChannel.JsonContentType} or {HttpChannel.FormContentType}.";
        if (request.Auth.Type is not ("" or "basic_auth" or "api_key"))
            yield return $"{key}:Auth:Type is \"{request.Auth.Type}\"; use basic_auth or api_key, or leave it out.";
        if (request.Auth.Type == "api_key" && (request.Auth.Config.Name.Length == 0 || request.Auth.Config.In is not ("header" or "cookie")))
            yield return $"{key}:Auth:Config has the name \"{request.Auth.Config.Name}\" in \"{request.Auth.Config.In}\"; give the name of a header or cookie, and header or cookie.";
        if (Body(request) is { } fault)
            yield return $"{key}:Body {fault}.";
    }

    private static string? Body(RequestOptions request)
    {
        try
        {
            ConfiguredChannels.Body(request);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
