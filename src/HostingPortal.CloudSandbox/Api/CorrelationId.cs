using System.Security.Cryptography;

namespace HostingPortal.CloudSandbox.Api;

/// <summary>Gives every answer an <c>X-Correlation-Id</c> of 16 hexadecimal digits.</summary>
internal static class CorrelationId
{
    public static void UseCorrelationId(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.Headers["X-Correlation-Id"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return next(http);
    });
}
