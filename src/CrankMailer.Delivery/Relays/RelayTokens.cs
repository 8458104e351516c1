using System.Net;
using System.Text.Json;
using CrankMailer.Mail.Smtp;

namespace CrankMailer.Delivery.Relays;

/// <summary>Access tokens by one grant: asked for when needed, kept until shortly before they end, and shared by all connections.</summary>
internal sealed class RelayTokens(HttpClient http, TokenGrant grant, TimeProvider clock)
{
    /// <summary>A token is not used in its last minute: the log-in takes a moment, and clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>RFC 6749 5.1 only recommends to say how long a token lasts.</summary>
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private string? _token;
    private DateTimeOffset _asked;
    private DateTimeOffset _ends;

    /// <param name="fresh">The server did not take the one before; many connections may say so at once, and one new token does for all.</param>
    public async ValueTask<BearerToken> GetAsync(bool fresh, CancellationToken ct)
    {
        var wanted = clock.GetUtcNow();
        await _asking.WaitAsync(ct);
        try
        {
            var isNew = fresh && _asked > wanted;
            if (_token is { } kept && (!fresh || isNew) && clock.GetUtcNow() < _ends) return new BearerToken.Given(kept);
            return await AskAsync(ct);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<BearerToken> AskAsync(CancellationToken ct)
    {
        try
        {
            var asked = clock.GetUtcNow();
            using var form = grant.ToForm();
            using var response = await http.PostAsync(grant.Url, form, ct);
            var answer = TokenAnswer.Read(await response.Content.ReadAsStringAsync(ct));
            if (!response.IsSuccessStatusCode || answer.Token is null) return Why(response.StatusCode, answer);
            (_token, _asked, _ends) = (answer.Token, asked, asked + (answer.Life ?? UsualLife) - Margin);
            return new BearerToken.Given(answer.Token);
        }
        catch (HttpRequestException e)
        {
            return new BearerToken.Unavailable($"{grant.Url.Host} does not answer: {e.Message}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BearerToken.Unavailable($"{grant.Url.Host} did not answer in time.");
        }
    }

    /// <summary>RFC 6749 5.2: 400 or 401 with the error's name is about our settings or a grant that was withdrawn; anything else passes.</summary>
    private BearerToken Why(HttpStatusCode status, TokenAnswer answer)
    {
        var said = $"{grant.Url.Host} says {(int)status}{(answer.Error is null ? "" : $" {answer.Error}")}{(answer.Description is null ? "" : $": {answer.Description}")}";
        return status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound ? new BearerToken.Refused(said) : new BearerToken.Unavailable(said);
    }

    private sealed record TokenAnswer(string? Token, TimeSpan? Life, string? Error, string? Description)
    {
        public static TokenAnswer Read(string text)
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                if (json.RootElement is not { ValueKind: JsonValueKind.Object } root) return new TokenAnswer(null, null, null, null);
                var life = root.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var number) && number > 0 ? TimeSpan.FromSeconds(number) : (TimeSpan?)null;
                return new TokenAnswer(Text(root, "access_token"), life, Text(root, "error"), Text(root, "error_description"));
            }
            catch (JsonException)
            {
                return new TokenAnswer(null, null, null, null); // a page of a proxy; the status tells enough
            }
        }

        private static string? Text(JsonElement root, string name) =>
            root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
    }
}
