using CrankMailer.Hosting;

namespace CrankMailer.Console.Accounts;

/// <summary>What <c>serve</c> prints at its first start: a link that works once.</summary>
internal static class FirstStart
{
    /// <returns>The whole address of the set-up link; null where an account exists.</returns>
    public static async Task<string?> FindLinkAsync(IServiceProvider services, HostSettings settings, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SetUp>().FindLinkAsync(ct) is { } path ? Root(settings) + path : null;
    }

    /// <summary>The first address we listen on, as a person on this machine opens it.</summary>
    public static string Root(HostSettings settings) =>
        settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0].TrimEnd('/')
            .Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal);
}
