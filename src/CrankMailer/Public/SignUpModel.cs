using CrankMailer.Audience;
using CrankMailer.Audience.Guard;
using CrankMailer.Model.Audience;

namespace CrankMailer.Public;

/// <summary>The sign-up form as the page shows it: empty, or as it came back with what is to be mended.</summary>
internal static class SignUpModel
{
    public static object Fresh(List<MailingList> lists, string stamp) => Of(lists, null, [], stamp, []);

    public static object Back(List<MailingList> lists, SignUpRequest request, string stamp, IReadOnlyList<FieldFault> faults) =>
        Of(lists, request, request.Lists, stamp, faults);

    private static object Of(List<MailingList> lists, SignUpRequest? request, IReadOnlyList<string> chosen, string stamp, IReadOnlyList<FieldFault> faults) => new
    {
        email = request?.Email, name = request?.Name, stamp, faulty = faults.Count > 0,
        lists = lists.Select(l => new { slug = l.Slug, name = l.Name, description = l.Description, chosen = chosen.Contains(l.Slug) }).ToList(),
        errors = faults.ToDictionary(f => f.Field, f => (object?)f.Code),
    };

    public static object Question(SignUpRequest request, PlainQuestion question, bool wrong, string action) => new
    {
        first = question.First, second = question.Second, seal = question.Seal, wrong, email = request.Email, name = request.Name, lists = request.Lists, action,
        stamp = request.Traps.Stamp, website = request.Traps.Honeypot,
    };
}
