using System.ComponentModel.DataAnnotations;

namespace CrankMailer.Mail.Smtp;

/// <summary>How long each phase may take: the minima of RFC 5321 4.5.3.2 (R67). Shorter ones lose slow but honest servers; a second at least, an hour at most.</summary>
public sealed record SmtpTimeouts
{
    /// <summary>TCP connection, greeting, EHLO, TLS and AUTH: each.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Connect { get; init; } = TimeSpan.FromMinutes(5);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Mail { get; init; } = TimeSpan.FromMinutes(5);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Rcpt { get; init; } = TimeSpan.FromMinutes(5);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>One block of the body.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Block { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The reply to the final dot. Too short a time here makes doubles.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Dot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits for a goodbye; no rule.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When told to stop after the final dot: how long the reply is still waited for, as it saves an uncertain row.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan DotAfterCancel { get; init; } = TimeSpan.FromSeconds(10);
}
