using System.Text.RegularExpressions;
using CrankMailer.Mail.Mime;

namespace CrankMailer.Feedback.Reading;

/// <summary>Where our signed tokens may stand in a mail (R101): the address it was sent to, then the headers of the copy. Whether one is ours, only its signature says.</summary>
internal static partial class Traces
{
    /// <summary>Our mail bears three; more are somebody's attempt to make us count signatures.</summary>
    private const int Most = 20;

    private static readonly string[] OwnHeaders = ["To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "In-Reply-To", "References"];
    private static readonly string[] CopyHeaders = ["Return-Path", "X-Recipient", "Message-ID", "Sender", "Errors-To"];

    /// <summary>Of the mail itself: it came to the envelope sender of the delivery it is about.</summary>
    /// <param name="envelope">Recipients of the envelope, where the way in knows them; trusted before any header.</param>
    public static IReadOnlyList<string> OfEnvelope(MimeHeaders headers, IEnumerable<string> envelope) =>
        Tokens([.. envelope, .. OwnHeaders.SelectMany(headers.FindAll)]);

    /// <summary>Of the returned copy, and of fields that quote it.</summary>
    public static IReadOnlyList<string> Of(MimeHeaders? copy, params IEnumerable<string?> quoted) =>
        Tokens([.. quoted.OfType<string>(), .. copy is null ? [] : CopyHeaders.SelectMany(copy.FindAll)]);

    private static string[] Tokens(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => Token().Matches(text.Length > ReadingLimits.Line ? text[..ReadingLimits.Line] : text)).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];

    // Base32 of at least 13 octets (two of head, one of ids, ten of signature), of at most 64 characters.
    [GeneratedRegex("(?<![A-Za-z0-9])[A-Za-z2-7]{21,64}(?![A-Za-z0-9])")]
    private static partial Regex Token();
}
