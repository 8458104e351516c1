namespace CrankMailer.Feedback.Reading;

/// <summary>What a report says was done with the message (RFC 3464 2.3.3).</summary>
public enum ReportAction { Failed, Delayed, Delivered, Relayed, Expanded }
