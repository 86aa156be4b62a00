using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Administration;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Identities;
using Selfservice.Storage;
using Selfservice.Wire;

namespace Selfservice.Hosting.Admin;

/// <summary>Identities in the hands of administrators.</summary>
internal sealed class AdminIdentityEndpoints(IStore store, IdentityAdministration administration, PublicUrl publicUrl, TimeProvider clock)
{
    private const int DefaultPageSize = 250;
    private const int MaximumPageSize = 500;

    private static readonly string[] Known =
        ["schema_id", "traits", "credentials", "verifiable_addresses", "recovery_addresses", "metadata_public", "metadata_admin", "state", "organization_id", "external_id"];

    public static Task CreateAsync(HttpContext context) => Self(context).AddAsync(context);

    public static Task ListAsync(HttpContext context) => Self(context).QueryAsync(context);

    public static Task GetAsync(HttpContext context) => Self(context).ShowAsync(context);

    public static Task ReplaceAsync(HttpContext context) => Self(context).PutAsync(context);

    public static Task PatchAsync(HttpContext context) => Self(context).ApplyPatchAsync(context);

    public static Task DeleteAsync(HttpContext context) => Self(context).RemoveAsync(context);

    public static Task DeleteCredentialAsync(HttpContext context) => Self(context).RemoveCredentialAsync(context);

    private static AdminIdentityEndpoints Self(HttpContext context) => context.RequestServices.GetRequiredService<AdminIdentityEndpoints>();

    private async Task AddAsync(HttpContext context)
    {
        var (body, error) = await AdminBody.ReadAsync(context).ConfigureAwait(false);
        if (error is null && body.ValueKind != JsonValueKind.Object)
            error = ErrorObject.BadRequest("Unable to decode JSON payload: it is no object");
        if (error is null && body.EnumerateObject().FirstOrDefault(m => !Known.Contains(m.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            error = new() { Code = 400, Message = $"json: unknown field \"{unknown.Name}\"" };
        if (error is not null)
        {
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
            return;
        }

        var (identity, refused) = await administration.CreateAsync(
            new()
            {
                SchemaId = AdminBody.Text(body, "schema_id"),
                Traits = AdminBody.Json(body, "traits"),
                State = AdminBody.Text(body, "state"),
                Credentials = AdminBody.Json(body, "credentials"),
                VerifiableAddresses = AdminBody.VerifiableAddresses(body),
                Amend = i => i with
                {
                    MetadataPublic = AdminBody.Json(body, "metadata_public"),
                    MetadataAdmin = AdminBody.Json(body, "metadata_admin"),
                    ExternalId = AdminBody.Text(body, "external_id"),
                    OrganizationId = Guid.TryParse(AdminBody.Text(body, "organization_id"), out var organization) ? organization : null,
                },
            },
            context.RequestAborted).ConfigureAwait(false);
        if (identity is null)
        {
            await JsonAnswer.WriteErrorAsync(context, refused!).ConfigureAwait(false);
            return;
        }

        // Relative to this request (RFC 9110, 10.2.2): these endpoints may be reached by another host name and below another path than the public ones.
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path}/{identity.Id}";
        await WriteAsync(context, 201, identity, withMetadata: body.TryGetProperty("metadata_admin", out _)).ConfigureAwait(false);
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is { } identity)
            await WriteAsync(context, 200, identity, withMetadata: true, context.Request.Query["include_credential"]).ConfigureAwait(false);
    }

    private async Task QueryAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var size = int.TryParse(query["page_size"].FirstOrDefault() ?? query["per_page"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, MaximumPageSize) : DefaultPageSize;
        var after = Guid.Empty;
        if (query["page_token"].FirstOrDefault() is { Length: > 0 } token && !Guid.TryParse(token, out after))
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest("The page token is invalid, do not craft your own page tokens")).ConfigureAwait(false);
            return;
        }

        var identifier = query["credentials_identifier"].FirstOrDefault();
        var ids = query["ids"].Select(i => Guid.TryParse(i, out var id) ? id : (Guid?)null).ToArray();
        if (Array.IndexOf(ids, null) is var bad and >= 0)
        {
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.BadRequest($"Invalid UUID value `{query["ids"][bad]}` for parameter `ids`.")).ConfigureAwait(false);
            return;
        }

        var withCredentials = identifier is not null || query["include_credential"].Count > 0;
        var normalized = identifier is null ? null : Selfservice.Schemas.IdentifierNormalizer.Normalize(identifier);
        var found = await store.ReadAsync(
            (scope, stop) => scope.Identities.ListAsync(
                new()
                {
                    After = after,
                    Limit = size + 1,
                    Ids = ids.Length == 0 ? null : [.. ids.OfType<Guid>()],
                    Identifiers = normalized is null ? null : [(new("password"), normalized), (new("webauthn"), normalized), (new("code"), normalized), (new("oidc"), identifier!)],
                    WithCredentials = withCredentials,
                },
                stop),
            context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.Link = Link("first", Guid.Empty) + (found.Count > size ? "," + Link("next", found[size - 1].Id) : "");
        await JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartArray();
            foreach (var identity in found.Take(size))
                Write(writer, context, identity, withMetadata: true, query["include_credential"]);
            writer.WriteEndArray();
        }).ConfigureAwait(false);

        string Link(string relation, Guid last) =>
            PageLink.To(context.Request, relation, ("page_size", size.ToString(CultureInfo.InvariantCulture)), ("page_token", last.ToString()));
    }

    private async Task PutAsync(HttpContext context)
    {
        ErrorObject? error = context.Request.ContentLength is 0 ? ErrorObject.BadRequest("Unable to decode HTTP Request Body because its HTTP Header \"Content-Length\" is zero.")
            : (context.Request.ContentType ?? "").Split(';')[0].Trim() != "application/json"
                ? ErrorObject.BadRequest($"HTTP PUT Request used unknown HTTP Header \"Content-Type: {context.Request.ContentType}\", only [application/json] are supported.")
            : null;
        JsonElement body = default;
        if (error is null)
            (body, error) = await AdminBody.ReadAsync(context).ConfigureAwait(false);
        if (error is null && body.ValueKind != JsonValueKind.Object)
            error = ErrorObject.BadRequest("Unable to decode JSON payload: it is no object");
        if (error is not null)
        {
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
            return;
        }

        if (await FindAsync(context).ConfigureAwait(false) is not { } before)
            return;
        await ChangeAsync(context, before, ChangeOf(body, body), body.TryGetProperty("metadata_admin", out _)).ConfigureAwait(false);
    }

    private async Task ApplyPatchAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } before)
            return;
        var (patch, error) = await AdminBody.ReadAsync(context).ConfigureAwait(false);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, context, before, withMetadata: true, before.Credentials.Select(c => c.Type.Name).ToArray(), exports: false);
        var (patched, fault) = error is not null ? (default, "invalid state detected") : IdentityPatch.Apply(buffer.WrittenMemory, patch);
        if (fault is not null)
        {
            await JsonAnswer.WriteErrorAsync(context, new() { Code = 400, Message = fault, Reason = "An error occured when applying the JSON patch" }).ConfigureAwait(false);
            return;
        }

        if (AdminBody.Text(patched, "state") is { } state and not ("active" or "inactive"))
        {
            await JsonAnswer.WriteErrorAsync(context, new()
            {
                Code = 400,
                Message = "identity state is not valid",
                Reason = $"The supplied state ('{state}') was not valid. Valid states are ('active', 'inactive').",
            }).ConfigureAwait(false);
            return;
        }

        await ChangeAsync(context, before, ChangeOf(patched, default) with { Amend = i => AmendPatched(i, patched) }, withMetadata: true).ConfigureAwait(false);
    }

    private static Identity AmendPatched(Identity identity, JsonElement patched) => Amended(identity, patched) with
    {
        OrganizationId = Guid.TryParse(AdminBody.Text(patched, "organization_id"), out var organization) ? organization : null,
        Credentials = [.. identity.Credentials.Select(c => AdminBody.Json(patched, "credentials") is { } all && AdminBody.Json(all, c.Type.Name) is { } one && AdminBody.Json(one, "config") is { } config
            ? c with { Config = config } : c)],
    };

    private static IdentityChange ChangeOf(JsonElement body, JsonElement credentials) => new()
    {
        SchemaId = AdminBody.Text(body, "schema_id"),
        State = AdminBody.Text(body, "state"),
        Traits = AdminBody.Json(body, "traits") ?? Credential.EmptyConfig,
        Credentials = credentials.ValueKind == JsonValueKind.Object ? AdminBody.Json(credentials, "credentials") : null,
        VerifiableAddresses = credentials.ValueKind == JsonValueKind.Object ? [] : AdminBody.VerifiableAddresses(body),
        Amend = i => Amended(i, body),
    };

    private static Identity Amended(Identity identity, JsonElement body) => identity with
    {
        MetadataPublic = AdminBody.Json(body, "metadata_public"),
        MetadataAdmin = AdminBody.Json(body, "metadata_admin"),
        ExternalId = AdminBody.Text(body, "external_id"),
    };

    private async Task ChangeAsync(HttpContext context, Identity before, IdentityChange change, bool withMetadata)
    {
        var (identity, error) = await administration.ChangeAsync(before, change, context.RequestAborted).ConfigureAwait(false);
        if (identity is null)
            await JsonAnswer.WriteErrorAsync(context, error!).ConfigureAwait(false);
        else
            await WriteAsync(context, 200, identity, withMetadata).ConfigureAwait(false);
    }

    private async Task RemoveAsync(HttpContext context)
    {
        var deleted = Id(context) is { } id && await administration.DeleteAsync(id).ConfigureAwait(false);
        if (deleted)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
    }

    private async Task RemoveCredentialAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } before)
            return;
        var type = new CredentialType(context.GetRouteValue("type") as string ?? "");
        var identifier = context.Request.Query["identifier"].FirstOrDefault() is { Length: > 0 } named ? named : null;
        var (_, error) = await administration.RemoveCredentialAsync(before, type, identifier, context.RequestAborted).ConfigureAwait(false);
        if (error is null)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await JsonAnswer.WriteErrorAsync(context, error).ConfigureAwait(false);
    }

    private async Task<Identity?> FindAsync(HttpContext context)
    {
        var identity = Id(context) is { } id ? await store.ReadAsync((scope, token) => scope.Identities.FindAsync(id, withCredentials: true, token), context.RequestAborted).ConfigureAwait(false) : null;
        if (identity is null)
            await JsonAnswer.WriteErrorAsync(context, ErrorObject.MissingRow).ConfigureAwait(false);
        return identity;
    }

    private static Guid? Id(HttpContext context) => Guid.TryParseExact(context.GetRouteValue("id") as string, "D", out var id) ? id : null;

    private Task WriteAsync(HttpContext context, int status, Identity identity, bool withMetadata, IReadOnlyCollection<string?>? shownConfigs = null) =>
        JsonAnswer.WriteAsync(context, status, writer => Write(writer, context, identity, withMetadata, shownConfigs));

    /// <param name="writer">Where it goes.</param>
    /// <param name="context">The request.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="withMetadata">Whether administrators' metadata is shown.</param>
    /// <param name="shownConfigs">The types of the credentials whose configuration is shown.</param>
    /// <param name="exports">Whether configurations are shown as their methods open them; else as they are stored, for what is stored again.</param>
    private void Write(Utf8JsonWriter writer, HttpContext context, Identity identity, bool withMetadata, IReadOnlyCollection<string?>? shownConfigs = null, bool exports = true) =>
        WireWriter.WriteIdentity(writer, identity, publicUrl.Of(context.Request), w => WriteCredentials(w, identity, shownConfigs ?? [], exports), withMetadata);

    private void WriteCredentials(Utf8JsonWriter writer, Identity identity, IReadOnlyCollection<string?> shownConfigs, bool exports)
    {
        if (!identity.HasCredentials || identity.Credentials.Count == 0)
            return;
        writer.WriteStartObject("credentials");
        foreach (var credential in identity.Credentials)
        {
            writer.WriteStartObject(credential.Type.Name);
            writer.WriteString("type", credential.Type.Name);
            writer.WriteStartArray("identifiers");
            foreach (var identifier in credential.Identifiers.Order(StringComparer.Ordinal))
                writer.WriteStringValue(identifier);
            writer.WriteEndArray();
            if (shownConfigs.Contains(credential.Type.Name))
            {
                writer.WritePropertyName("config");
                (exports ? administration.Export(credential) : credential.Config).WriteTo(writer);
            }

            writer.WriteNumber("version", credential.Version);
            WireWriter.WriteTime(writer, "created_at", credential.CreatedAt == default ? clock.GetUtcNow() : credential.CreatedAt);
            WireWriter.WriteTime(writer, "updated_at", credential.UpdatedAt == default ? clock.GetUtcNow() : credential.UpdatedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
