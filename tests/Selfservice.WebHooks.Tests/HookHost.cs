using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Composition;
using Selfservice.Configuration;
using Selfservice.Storage;
using Selfservice.Testing.Hosts;

namespace Selfservice.WebHooks.Tests;

/// <summary>A host with passwords and web hooks, and native clients that sign up and in.</summary>
internal static class HookHost
{
    public const string Everything = "function(ctx) ctx";
    public const string Password = "correct horse battery 9";
    public const string Secret = "planted-secret-4711";

    public static Task<SelfserviceTestHost> StartAsync(Action<FlowsOptions> flows, bool publicOnly = false, Action<SelfserviceBuilder>? configure = null) => SelfserviceTestHost.StartAsync(
        builder =>
        {
            builder.AddPassword(o => o.Config.HaveibeenpwnedEnabled = false).AddWebHooks();
            configure?.Invoke(builder);
        },
        options =>
        {
            options.Clients.Http.DisallowPrivateIpRanges = publicOnly;
            options.FeatureFlags.InsecureAllowCompletedFlowReuse = false;
            options.Flows.Registration.EnableLegacyOneStep = true;
            flows(options.Flows);
        });

    public static HookOptions Hook(string url, string body = Everything, string more = "{}")
    {
        var config = new JsonObject { ["Url"] = url, ["Method"] = "POST", ["Body"] = "base64://" + Convert.ToBase64String(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
            config[name] = value?.DeepClone();
        return new() { Hook = "web_hook", Config = config };
    }

    public static async Task<(int Status, JsonObject Body)> BeginAsync(this SelfserviceTestHost host, string kind = "registration")
    {
        using var response = await host.Client.GetAsync(new Uri($"/self-service/{kind}/api", UriKind.Relative));
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public static Task<(int Status, JsonObject Body)> SignUpAsync(this SelfserviceTestHost host, string email = "ada@example.org") => host.SubmitAsync("registration", new()
    {
        ["method"] = "password",
        ["password"] = Password,
        ["traits"] = new JsonObject { ["email"] = email },
        ["transient_payload"] = new JsonObject { ["plan"] = "gold" },
    });

    public static Task<(int Status, JsonObject Body)> SignInAsync(this SelfserviceTestHost host, string email = "ada@example.org") =>
        host.SubmitAsync("login", new() { ["method"] = "password", ["password"] = Password, ["identifier"] = email });

    public static async Task<(int Status, JsonObject Body)> SubmitAsync(this SelfserviceTestHost host, string kind, JsonObject body, string? flow = null)
    {
        flow ??= (await host.BeginAsync(kind)).Body["id"]!.GetValue<string>();
        using var response = await host.Client.PostAsJsonAsync(new Uri($"/self-service/{kind}?flow={flow}", UriKind.Relative), body);
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public static async Task<int> CountIdentitiesAsync(this SelfserviceTestHost host) =>
        (await host.Services.GetRequiredService<IStore>().ReadAsync((scope, token) => scope.Identities.FindByIdentifierAsync(new("password"), "ada@example.org", token), CancellationToken.None)) is null ? 0 : 1;
}
