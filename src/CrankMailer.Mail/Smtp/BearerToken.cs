namespace CrankMailer.Mail.Smtp;

/// <summary>What came of asking for an access token. Its text form does not hold the token.</summary>
public abstract record BearerToken
{
    private BearerToken() { }

    public sealed override string ToString() => $"BearerToken.{GetType().Name}";

    public sealed record Given(string Value) : BearerToken;

    /// <summary>For good: the grant was withdrawn, or our settings are wrong.</summary>
    /// <param name="Why">For the operator.</param>
    public sealed record Refused(string Why) : BearerToken;

    /// <summary>For now: who gives out tokens does not answer.</summary>
    /// <param name="Why">For the operator.</param>
    public sealed record Unavailable(string Why) : BearerToken;
}
