using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CrankMailer.Console.Shell;

/// <summary>Friendly pages for what is not a page; machines (API, hooks, health) keep their bare status.</summary>
internal static class ConsoleErrors
{
    private static readonly PathString[] Machines = ["/api", "/hooks", "/health", "/metrics", "/openapi", "/u", "/assets", "/m"];

    public static void UseConsoleErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ShowAsync });
        app.UseWhen(ForPeople, people => people.UseStatusCodePages(context => ShowAsync(context.HttpContext)));
    }

    private static async Task ShowAsync(HttpContext http)
    {
        if (!ForPeople(http)) return;
        // The failed page has used this request's component services already; they cannot be set up twice.
        var own = http.RequestServices;
        await using var scope = own.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        http.Response.Headers.CacheControl = "no-store";
        // A page that said 404 leaves this behind and its content unwritten; rendering anew would add it a second time and fail.
        http.Response.Headers.Remove("blazor-enhanced-nav");
        var status = http.Response.StatusCode;
        await new RazorComponentResult<ErrorDocument>(new Dictionary<string, object?>
        {
            [nameof(ErrorDocument.Status)] = status,
            [nameof(ErrorDocument.Reference)] = status >= 500 ? http.TraceIdentifier : null,
        }) { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(http);
        http.RequestServices = own;
    }

    private static bool ForPeople(HttpContext http) => !Array.Exists(Machines, m => http.Request.Path.StartsWithSegments(m));
}
