using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Selfservice.Flows;
using Selfservice.Hosting.Flows;
using Selfservice.Ui;
using Selfservice.Ui.Account;
using Selfservice.Ui.Errors;
using Selfservice.Ui.Mail;
using Selfservice.Ui.Pages;
using FlowEndpoints = Selfservice.Ui.Pages.FlowEndpoints;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the pages.</summary>
public static class SelfserviceUiEndpointRouteBuilderExtensions
{
    /// <summary>Maps the pages at the paths of <see cref="SelfserviceUiOptions"/>, with their stylesheet and script. Needs <c>AddSelfserviceUi</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>A builder for all of the endpoints together.</returns>
    public static IEndpointConventionBuilder MapSelfserviceUi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(IFlowPages)) == false)
            throw new InvalidOperationException("The pages were not added: call builder.Services.AddSelfservice() or AddSelfserviceUi() before the host is built.");
        var options = endpoints.ServiceProvider.GetRequiredService<IOptions<SelfserviceUiOptions>>().Value;
        // Pages are no part of an API description, and signing in must work where everything else asks for it.
        var group = endpoints.MapGroup("");
        group.AllowAnonymous();

        FlowEndpoints.Map(group, FlowKind.Login, options.LoginPath);
        FlowEndpoints.Map(group, FlowKind.Registration, options.RegistrationPath);
        FlowEndpoints.Map(group, FlowKind.Settings, options.SettingsPath);
        FlowEndpoints.Map(group, FlowKind.Recovery, options.RecoveryPath);
        FlowEndpoints.Map(group, FlowKind.Verification, options.VerificationPath);
        // Without our stylesheet, which is mapped here, the page of a mailed link would be a poor one.
        if (endpoints.ServiceProvider.GetService<IMailedLinkPage>() is MailedLinkPage linkPage)
            linkPage.IsMapped = true;
        ErrorEndpoints.Map(group, options);
        AccountEndpoints.Map(group, options);
        AssetEndpoints.Map(group);
        group.WithMetadata(new ExcludeFromDescriptionAttribute());
        return group;
    }

    /// <summary>
    /// Maps a page that shows sent messages with their codes and links, so that flows can be tried without a mail server. Who reads it gets into every account, so it exists in Development only and
    /// for clients on the same machine. Needs <c>AddSelfserviceUi</c> and a courier.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Where the page is.</param>
    /// <exception cref="InvalidOperationException">The host does not run in Development.</exception>
    public static IEndpointConventionBuilder MapSelfserviceSentMail(this IEndpointRouteBuilder endpoints, string path = "/dev/mail")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
            throw new InvalidOperationException("MapSelfserviceSentMail is for Development only: who reads sent mails gets into every account. Map it where the environment is Development.");
        var group = endpoints.MapGroup("");
        group.AllowAnonymous();
        SentMailEndpoints.Map(group, path.TrimEnd('/'));
        group.WithMetadata(new ExcludeFromDescriptionAttribute());
        return group;
    }
}
