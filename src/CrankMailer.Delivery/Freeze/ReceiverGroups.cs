namespace CrankMailer.Delivery.Freeze;

/// <summary>
/// The big receivers by domain, so that figures, limits and pauses are per receiver, not per domain (R77). Any other domain is its own group.
/// By address domain here; hosted domains are told by their MX records (a later step of the same column).
/// </summary>
public static class ReceiverGroups
{
    private static readonly Dictionary<string, string> Groups = Make(
        ("google", "gmail.com googlemail.com"),
        ("yahoo", "yahoo.com ymail.com rocketmail.com myyahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.ca yahoo.com.br yahoo.co.in yahoo.in yahoo.com.au aol.com aim.com verizon.net"),
        ("yahoo-japan", "yahoo.co.jp ymail.ne.jp"),
        ("microsoft", "outlook.com hotmail.com live.com msn.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es live.co.uk live.fr live.nl outlook.fr outlook.de outlook.es outlook.jp passport.com"),
        ("apple", "icloud.com me.com mac.com"),
        ("gmx-webde", "gmx.net gmx.de gmx.at gmx.ch gmx.com web.de mail.com"),
        ("telekom", "t-online.de magenta.de"),
        ("orange", "orange.fr wanadoo.fr"),
        ("free", "free.fr libertysurf.fr"),
        ("comcast", "comcast.net xfinity.com"),
        ("proton", "proton.me protonmail.com protonmail.ch pm.me"),
        ("fastmail", "fastmail.com fastmail.fm"),
        ("zoho", "zoho.com zohomail.com"),
        ("yandex", "yandex.ru yandex.com ya.ru yandex.by yandex.kz"),
        ("mail-ru", "mail.ru bk.ru list.ru inbox.ru internet.ru"),
        ("naver", "naver.com"),
        ("tencent", "qq.com foxmail.com"),
        ("netease", "163.com 126.com yeah.net"));

    /// <param name="domain">Lower-case A-label.</param>
    public static string Of(string domain) => Groups.GetValueOrDefault(domain, domain);

    /// <summary>An SQL expression: the group of a normalised address. Made of the constant table above only.</summary>
    internal static string SqlOf(string emailColumn, bool isPostgres)
    {
        // The domain is what stands behind the last @; SQLite has no search from the right, so all but @ is trimmed from there.
        var domain = isPostgres
            ? $"split_part({emailColumn}, '@', -1)"
            : $"substr({emailColumn}, length(rtrim({emailColumn}, replace({emailColumn}, '@', ''))) + 1)";
        return $"case {domain} {string.Join(' ', Groups.Select(g => $"when '{g.Key}' then '{g.Value}'"))} else {domain} end";
    }

    private static Dictionary<string, string> Make(params (string Group, string Domains)[] rows) =>
        rows.SelectMany(row => row.Domains.Split(' ').Select(domain => (domain, row.Group))).ToDictionary(r => r.domain, r => r.Group);
}
