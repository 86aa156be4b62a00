using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Selfservice.Errors;
using Selfservice.Hosting.Http;
using Selfservice.Schemas;

namespace Selfservice.Hosting.Schemas;

/// <summary>Shows the identity schemas: clients build forms from them.</summary>
internal static class SchemaEndpoints
{
    public static Task ListAsync(HttpContext context)
    {
        var all = context.RequestServices.GetRequiredService<IdentitySchemas>().All;
        var paging = Paging.Read(context.Request.Query, firstPage: 0);
        paging.WriteHeaders(context, all.Count, firstPage: 0);
        return JsonAnswer.WriteAsync(context, 200, writer =>
        {
            writer.WriteStartArray();
            foreach (var schema in all.Skip(paging.Offset).Take(paging.Size))
            {
                writer.WriteStartObject();
                writer.WriteString("id", schema.Id);
                writer.WritePropertyName("schema");
                writer.WriteRawValue(schema.Json);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    public static Task GetAsync(HttpContext context)
    {
        var id = Uri.UnescapeDataString(context.GetRouteValue("id") as string ?? "");
        return context.RequestServices.GetRequiredService<IdentitySchemas>().FindForUrl(id) is { } schema
            ? JsonAnswer.WriteAsync(context, 200, Encoding.UTF8.GetBytes(schema.Json))
            : JsonAnswer.WriteErrorAsync(context, ErrorObject.NotFound($"Identity schema `{id}` could not be found."));
    }
}
