namespace CrankMailer.Console.Shell;

/// <summary>Serves wwwroot/assets; an address with our version hash may be kept for a year.</summary>
internal static class AssetFiles
{
    public static void UseAssets(this WebApplication app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
            context.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300",
    });
}
