using System.Collections.Frozen;

namespace CrankMailer.Authoring.Yaml;

/// <summary>Mail providers whose domains nobody else may send for: their DMARC policy has receivers refuse it (R38).</summary>
internal static class FreeMail
{
    private static readonly FrozenSet<string> Domains = new[]
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "hotmail.de", "hotmail.fr", "live.com", "live.co.uk", "live.de", "msn.com", "yahoo.com", "yahoo.co.uk",
        "yahoo.co.jp", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.es", "ymail.com", "rocketmail.com", "aol.com", "aol.de", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at",
        "gmx.ch", "web.de", "t-online.de", "freenet.de", "mail.com", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru", "proton.me",
        "protonmail.com", "pm.me", "qq.com", "163.com", "126.com", "sina.com", "naver.com", "daum.net", "hanmail.net", "kakao.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr",
        "libero.it", "virgilio.it", "tiscali.it", "seznam.cz", "wp.pl", "o2.pl", "onet.pl", "interia.pl", "ukr.net", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "btinternet.com",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Owns(string email) => Domains.Contains(email[(email.LastIndexOf('@') + 1)..]);
}
