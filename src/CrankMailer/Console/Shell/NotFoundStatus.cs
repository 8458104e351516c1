namespace CrankMailer.Console.Shell;

/// <summary>
/// Status 404 with the page's own words and the shell around them. A component that sets the status while it renders loses its content: the framework
/// takes it for a route that was not found and leaves the answer to the status pages. So the status is set when the answer starts.
/// </summary>
internal static class NotFoundStatus
{
    public static void At(HttpContext http) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
