namespace CrankMailer.Feedback.Reading;

/// <summary>How a report is classed (R104): a bounce as hard or soft, anything else by its kind.</summary>
public enum ReportClass { Hard, Soft, Complaint, AuthReport, Delivered, AutoReply, None }
