using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CrankMailer.Mail.Headers;

/// <summary>Host names as mail knows them: letters, digits, hyphens; other scripts as A-labels (RFC 5891, R73).</summary>
public static class DomainName
{
    /// <summary>RFC 1035 2.3.4, in octets.</summary>
    private const int MaxLabel = 63;

    /// <summary>RFC 5321 4.5.3.1.2, in octets.</summary>
    private const int MaxDomain = 255;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Lower-case A-labels of a domain written in either form.</summary>
    public static bool TryToAscii(string domain, [NotNullWhen(true)] out string? ascii, [NotNullWhen(false)] out string? problem)
    {
        ascii = null;
        if (domain.Length == 0) { problem = "There is no domain."; return false; }
        if (domain.Length > MaxDomain) { problem = $"The domain is longer than {MaxDomain} octets."; return false; }
        var labels = Ascii.IsValid(domain) ? domain.ToLowerInvariant() : FindALabels(domain);
        if (labels is null) { problem = "The domain is no valid internationalised domain name."; return false; }
        problem = FindProblem(labels);
        if (problem is not null) return false;
        ascii = labels;
        return true;
    }

    /// <summary>The readable form, or the given one where it has none.</summary>
    public static string ToUnicode(string ascii)
    {
        try { return Idn.GetUnicode(ascii); }
        catch (ArgumentException) { return ascii; }
    }

    private static string? FindALabels(string domain)
    {
        try { return Idn.GetAscii(domain).ToLowerInvariant(); }
        catch (ArgumentException) { return null; }
    }

    private static string? FindProblem(string domain)
    {
        if (domain.Length > MaxDomain) return $"The domain is longer than {MaxDomain} octets.";
        foreach (var range in domain.AsSpan().Split('.'))
        {
            var label = domain.AsSpan()[range];
            if (label.Length is 0 or > MaxLabel) return $"Each part of a domain has 1 to {MaxLabel} characters.";
            if (label[0] == '-' || label[^1] == '-') return "A part of a domain may not begin or end with a hyphen.";
            foreach (var c in label)
                if (!char.IsAsciiLetterOrDigit(c) && c != '-') return $"The character U+{(int)c:X4} may not stand in a domain.";
        }
        return null;
    }
}
