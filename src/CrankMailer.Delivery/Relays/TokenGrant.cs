namespace CrankMailer.Delivery.Relays;

/// <summary>What entitles us to access tokens (OAuth 2, RFC 6749): a refresh token (6), or our client's own credentials (4.4).</summary>
internal sealed record TokenGrant(Uri Url, string ClientId, string? ClientSecret, string? RefreshToken, string? Scope)
{
    public override string ToString() => $"TokenGrant ({Url.Host}, masked)";

    public FormUrlEncodedContent ToForm()
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("grant_type", RefreshToken is null ? "client_credentials" : "refresh_token"), new("client_id", ClientId),
        };
        if (RefreshToken is not null) fields.Add(new("refresh_token", RefreshToken));
        if (ClientSecret is not null) fields.Add(new("client_secret", ClientSecret));
        if (Scope is not null) fields.Add(new("scope", Scope));
        return new FormUrlEncodedContent(fields);
    }
}
