using CrankMailer.Console.Accounts;
using CrankMailer.Console.Shared;
using CrankMailer.Console.Shell;
using CrankMailer.Model.Publications;
using Microsoft.AspNetCore.Components;

namespace CrankMailer.Console.Pages.Settings;

/// <summary>One relay, new or as it is: written down, tried, saved.</summary>
public sealed partial class RelayPage
{
    private static readonly (string, string)[] Kinds = [(nameof(RelayKind.Smtp), "A mail server"), (nameof(RelayKind.Folder), "A folder on this machine")];

    private readonly Dictionary<string, string> _kept = [];
    private FieldProblems _problems = FieldProblems.None;
    private Posted _posted = Posted.None;
    private RelayRow? _relay;
    private RelayTalk? _talk;
    private TrialResult? _trial;

    [Parameter] public int? Id { get; set; }

    [CascadingParameter] private HttpContext? Http { get; set; }

    [Inject] private RelayDesk Desk { get; set; } = null!;

    [Inject] private RelayTrial Trial { get; set; } = null!;

    [Inject] private Viewer Viewer { get; set; } = null!;

    [Inject] private Flash Flash { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private CancellationToken Ct => Http?.RequestAborted ?? CancellationToken.None;

    protected override async Task OnInitializedAsync()
    {
        _posted = Posted.Of(Http);
        _relay = Id is { } id ? await Desk.FindAsync(id, Ct) : new RelayRow();
        if (Id is { } known) _talk = await Desk.FindTalkAsync(known, Ct);
    }

    private async Task SaveAsync()
    {
        if (_relay is not { } relay || Http is not { } http) return;
        var problems = RelayForm.Read(_posted, relay).ToList();
        var (password, secret) = (Given("password") ?? Desk.Open(Given("kept")), Given("client_secret") ?? Desk.Open(Given("kept_secret")));
        if (problems.Count == 0) problems.AddRange(await Desk.PrepareAsync(relay, password, secret, Ct));
        if (problems.Count == 0 && await TrySaveAsync(relay)) return;
        if (password is not null && relay.Password is { } wrapped) _kept["kept"] = Convert.ToBase64String(wrapped);
        if (secret is not null && relay.ClientSecret is { } wrappedSecret) _kept["kept_secret"] = Convert.ToBase64String(wrappedSecret);
        _problems = new FieldProblems(problems);
        http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private async Task<bool> TrySaveAsync(RelayRow relay)
    {
        var trial = _posted.Do == "anyway" ? null : await Trial.RunAsync(relay, Ct);
        if (trial is { Works: false })
        {
            _trial = trial;
            return false;
        }
        await Desk.SaveAsync(relay, Viewer.Id, Ct);
        if (trial is null) Flash.Say($"{relay.Name} is saved. It did not work when it was tried.", Tone.Warn);
        else Flash.Say($"{relay.Name} works and is saved: {trial.Text}");
        Navigation.NavigateTo("/settings/relays");
        return true;
    }

    private string? Shown(string name, string? stored) => _posted.Any ? _posted.Text(name) : stored;

    private bool IsTicked(string name, bool stored) => _posted.Any ? _posted.Ticked(name) : stored;

    private bool IsWrong(params string[] fields) => fields.Any(field => _problems.Find(field) is not null);

    private bool HasKept(string name, byte[]? stored) => stored is not null || _kept.ContainsKey(name);

    /// <summary>As it was written: a password may begin with a space.</summary>
    private string? Given(string name) => Http?.Request.Form[name] is { Count: > 0 } given && given[0] is { Length: > 0 } text ? text : null;
}
