using System.Globalization;
using System.Security.Cryptography;
using CrankMailer.Model;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace CrankMailer.Audience.Guard;

/// <summary>
/// Tells people from form robots without a script: a field that only a robot fills, the time since the form was made, and how many forms a
/// network sends. A tripped trap is never a refusal, only one more page with a plain question (R162).
/// </summary>
public sealed class FormGuard
{
    private static readonly TimeSpan QuestionLife = TimeSpan.FromDays(1);
    private readonly ITimeLimitedDataProtector _questions;
    private readonly IDataProtector _stamps;
    private readonly RateLimits _limits;
    private readonly AudienceOptions _options;
    private readonly TimeProvider _clock;

    public FormGuard(IDataProtectionProvider protection, IOptions<AudienceOptions> options, TimeProvider clock)
    {
        _questions = protection.CreateProtector("CrankMailer.FormQuestion").ToTimeLimitedDataProtector();
        _stamps = protection.CreateProtector("CrankMailer.FormStamp");
        _limits = new RateLimits(clock);
        _options = options.Value;
        _clock = clock;
    }

    /// <summary>Goes into a hidden field of the form: when it was made. It never grows too old.</summary>
    public string Stamp() => _stamps.Protect(_clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether a form goes on, gets the question, or has to wait.</summary>
    public FormVerdict Judge(FormTraps form, EmailAddress address, Visit visit)
    {
        var network = visit.Network ?? "unknown";
        if (_limits.Count("hour " + network, TimeSpan.FromHours(1)) > _options.FormsPerHour) return new FormVerdict.Wait(TimeSpan.FromHours(1));
        var often = _limits.Count("ten " + network, TimeSpan.FromMinutes(10)) > _options.FormsBeforeQuestion;
        if (Answered(form, address)) return new FormVerdict.Pass();
        var tripped = often || !string.IsNullOrEmpty(form.Honeypot) || !IsOldEnough(form.Stamp);
        return tripped ? new FormVerdict.Ask(Question(address)) : new FormVerdict.Pass();
    }

    private bool IsOldEnough(string? stamp) =>
        TryUnprotect(() => _stamps.Unprotect(stamp ?? "")) is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var made)
        && _clock.GetUtcNow().ToUnixTimeMilliseconds() - made >= _options.FastestFillSeconds * 1000L;

    // The answer is bound to the address, so that one solved question does not open the form for a whole list of them.
    private PlainQuestion Question(EmailAddress address)
    {
        var (first, second) = (RandomNumberGenerator.GetInt32(1, 10), RandomNumberGenerator.GetInt32(1, 10));
        return new PlainQuestion(first, second, _questions.Protect($"{first + second} {address.Normalized}", QuestionLife));
    }

    private bool Answered(FormTraps form, EmailAddress address) =>
        !string.IsNullOrWhiteSpace(form.Answer) && form.Question is { } question
        && TryUnprotect(() => _questions.Unprotect(question)) == $"{form.Answer.Trim()} {address.Normalized}";

    private static string? TryUnprotect(Func<string> unprotect)
    {
        try
        {
            return unprotect();
        }
        catch (CryptographicException) // forged, cut or too old: the same as none; there is no Try form
        {
            return null;
        }
    }
}

/// <summary>The hidden fields of a form as they came back.</summary>
public sealed record FormTraps(string? Honeypot = null, string? Stamp = null, string? Question = null, string? Answer = null);

/// <summary>How much is the one and the other?</summary>
/// <param name="Seal">Goes back with the answer in a hidden field.</param>
public sealed record PlainQuestion(int First, int Second, string Seal);

public abstract record FormVerdict
{
    private FormVerdict() { }
    public sealed record Pass : FormVerdict;
    public sealed record Ask(PlainQuestion Question) : FormVerdict;
    public sealed record Wait(TimeSpan For) : FormVerdict;
}
