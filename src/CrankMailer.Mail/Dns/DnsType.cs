namespace CrankMailer.Mail.Dns;

/// <summary>The records mail asks for, with their numbers on the wire (RFC 1035 3.2.2, RFC 3596).</summary>
public enum DnsType : ushort
{
    A = 1,
    Cname = 5,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
}
