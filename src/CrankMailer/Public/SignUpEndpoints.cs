using CrankMailer.Audience;
using CrankMailer.Audience.Guard;
using CrankMailer.Model.Publications;
using Microsoft.Extensions.Options;

namespace CrankMailer.Public;

/// <summary><c>/{publication}/subscribe</c> and <c>/{publication}/link</c>: the two forms that a stranger may send.</summary>
internal static class SignUpEndpoints
{
    public static void MapSignUp(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/{publication}/subscribe", Verbs.Read, ShowForm);
        app.MapPost("/{publication}/subscribe", Subscribe).WithMetadata(new FormLimit()).DisableAntiforgery(); // no cookie, nothing to forge
        app.MapMethods("/{publication}/link", Verbs.Read, ShowLink);
        app.MapPost("/{publication}/link", SendLink).WithMetadata(new FormLimit()).DisableAntiforgery();
    }

    private static async Task<IResult> ShowForm(string publication, Pages pages, SignUp signUp, FormGuard guard, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        return pages.Show("subscribe", row, new { form = SignUpModel.Fresh(await signUp.OfferedAsync(row.Id, ct), guard.Stamp()) });
    }

    private static async Task<IResult> Subscribe(string publication, HttpContext http, Pages pages, SignUp signUp, FormGuard guard, AnswerTime time, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        if (await PublicForm.ReadAsync(http) is not { } form) return pages.Unreadable();
        var request = RequestOf(form, row, pages, http);
        var result = await time.EvenAsync(() => signUp.AskAsync(request, ct), ct);
        if (result is SignUpResult.Mend mend)
            return pages.Show("subscribe", row, new { form = SignUpModel.Back(await signUp.OfferedAsync(row.Id, ct), request, form["stamp"] ?? guard.Stamp(), mend.Faults) }, status: 422);
        return Answer(result, request, row, pages, $"{pages.BaseOf(row)}/subscribe", "sent");
    }

    private static async Task<IResult> ShowLink(string publication, Pages pages, FormGuard guard) =>
        await pages.FindAsync(publication) is { } row ? pages.Show("link", row, new { stamp = guard.Stamp() }) : pages.NotFound();

    private static async Task<IResult> SendLink(string publication, HttpContext http, Pages pages, FreshLink links, FormGuard guard, AnswerTime time, CancellationToken ct)
    {
        if (await pages.FindAsync(publication) is not { } row) return pages.NotFound();
        if (await PublicForm.ReadAsync(http) is not { } form) return pages.Unreadable();
        var request = RequestOf(form, row, pages, http);
        var result = await time.EvenAsync(() => links.AskAsync(row.Id, form["email"], form.Traps, request.Visit, ct), ct);
        if (result is SignUpResult.Mend mend)
            return pages.Show("link", row, new { stamp = form["stamp"] ?? guard.Stamp(), email = form["email"], error = mend.Faults[0].Code }, status: 422);
        return Answer(result, request, row, pages, $"{pages.BaseOf(row)}/link", "link-sent");
    }

    private static SignUpRequest RequestOf(PublicForm form, PublicationRow row, Pages pages, HttpContext http) => new()
    {
        PublicationId = row.Id, Email = form["email"], Name = form["name"], Lists = form.All("list"), Lang = pages.LangFor(row), Traps = form.Traps,
        Visit = PublicForm.VisitOf(http, $"form:{row.Slug}"),
    };

    private static PageResult Answer(SignUpResult result, SignUpRequest request, PublicationRow row, Pages pages, string action, string done) => result switch
    {
        SignUpResult.AskFirst ask => pages.Show("question", row, SignUpModel.Question(request, ask.Question, ask.WrongAnswer, action)),
        SignUpResult.Wait wait => pages.Show("wait", row, new { minutes = Math.Ceiling(wait.For.TotalMinutes) }, status: StatusCodes.Status429TooManyRequests),
        SignUpResult.LookIntoYourMail sent => pages.Show(done, row, new { sender = row.Document.Sender.Email },
            new Dictionary<string, string> { ["address"] = sent.Address.Address, ["sender"] = row.Document.Sender.Email ?? "" }),
        _ => pages.NotFound(row),
    };
}

/// <summary>Makes known and unknown addresses take the same time (R162).</summary>
internal sealed class AnswerTime(IOptions<AudienceOptions> options, TimeProvider clock)
{
    public async Task<T> EvenAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var wait = Task.Delay(TimeSpan.FromMilliseconds(options.Value.AnswerAfterMilliseconds), clock, ct);
        var result = await work();
        await wait;
        return result;
    }
}
