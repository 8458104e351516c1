namespace CrankMailer.Mail.Dns;

/// <summary>No name server gave an answer that can be used: it may be asked again later.</summary>
public sealed class DnsFailureException(string message, Exception? inner = null) : IOException(message, inner);
