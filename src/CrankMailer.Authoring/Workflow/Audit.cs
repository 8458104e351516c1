using System.Globalization;
using CrankMailer.Model;
using CrankMailer.Model.Operations;

namespace CrankMailer.Authoring.Workflow;

internal static class Audit
{
    public static AuditEntry Entry(TimeProvider clock, int? userId, string action, int issueId, string? detail) => new()
    {
        At = clock.Instant(), UserId = userId, Action = action, Subject = string.Create(CultureInfo.InvariantCulture, $"issue:{issueId}"), Detail = detail,
    };
}
