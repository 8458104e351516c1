using System.Text;

namespace CrankMailer.Public;

/// <summary>An HTML page of ours: no script may run in it, nothing of it is kept by a proxy, no address of it leaks by a link.</summary>
internal sealed class PageResult(string html, int status, string lang) : IResult, IStatusCodeHttpResult
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = lang;
        headers.Vary = "Accept-Language";
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var bytes = Encoding.UTF8.GetBytes(html);
        http.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }
}
