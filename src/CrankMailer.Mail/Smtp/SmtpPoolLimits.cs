namespace CrankMailer.Mail.Smtp;

/// <summary>How one relay may be used (R75, R77).</summary>
public sealed record SmtpPoolLimits
{
    /// <summary>Open at once. More than the relay allows earns 421 replies.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Then the connection is closed politely and another opened.</summary>
    public int MessagesPerConnection { get; init; } = 100;

    /// <summary>A connection older than this is not used again: load balancers and certificates move on.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Servers close idle connections after a few minutes; we do it before them.</summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromSeconds(30);
}
