using System.Security.Cryptography;
using CrankMailer.Console.Shared;
using CrankMailer.Delivery.Relays;
using CrankMailer.Model;
using CrankMailer.Model.Operations;
using CrankMailer.Model.Publications;
using Microsoft.EntityFrameworkCore;

namespace CrankMailer.Console.Accounts;

/// <summary>Relays as they are written down: checked, their secrets wrapped, and saved with an audit entry.</summary>
internal sealed class RelayDesk(CrankDb db, PublicationSecrets secrets, TimeProvider clock)
{
    /// <summary>A relay that may be edited: capturing ones are made by capture mode.</summary>
    public Task<RelayRow?> FindAsync(int id, CancellationToken ct) => db.Relays.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && !r.Captures, ct);

    /// <summary>The last conversation with it that did not end well.</summary>
    public Task<RelayTalk?> FindTalkAsync(int id, CancellationToken ct) => db.RelayTalks.AsNoTracking().FirstOrDefaultAsync(t => t.RelayId == id, ct);

    /// <summary>Checks what was written of a relay and wraps what was given as its secrets; nothing is saved yet, so that it can be tried first.</summary>
    /// <param name="password">Password or refresh token; null keeps what the row has.</param>
    /// <param name="clientSecret">Null keeps what the row has.</param>
    public async Task<IReadOnlyList<Problem>> PrepareAsync(RelayRow relay, string? password, string? clientSecret, CancellationToken ct)
    {
        if (relay.UserName is null && password is null) (relay.Password, relay.ClientSecret) = (null, null);
        if (relay.TokenUrl is null) relay.ClientSecret = null;
        var problems = RelayRules.Check(relay, hasSecret: password is not null || clientSecret is not null || relay.Password is not null || relay.ClientSecret is not null).ToList();
        if (await db.Relays.AnyAsync(r => r.Name == relay.Name && r.Id != relay.Id, ct)) problems.Add(FieldProblems.Wrong("name", "There already is a relay of this name."));
        if (password is null && clientSecret is null && await SendsSecretElsewhereAsync(relay, ct))
            problems.Add(FieldProblems.Wrong("password", "The server is another one now: write the password again, so that it is not given to the wrong one by mistake."));
        if (problems.Count > 0) return problems;
        if (password is not null) relay.Password = secrets.WrapPassword(password);
        if (clientSecret is not null) relay.ClientSecret = secrets.WrapPassword(clientSecret);
        return [];
    }

    /// <summary>Adds it, or changes the one of its id.</summary>
    public async Task SaveAsync(RelayRow relay, int? userId, CancellationToken ct)
    {
        var action = relay.Id == 0 ? "relay.created" : "relay.changed";
        if (relay.Id == 0) db.Add(relay);
        else db.Update(relay);
        db.Add(new AuditEntry { At = clock.Instant(), UserId = userId, Action = action, Subject = $"relay:{relay.Name}" });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Who may change a relay may not thereby learn its password.</summary>
    private async Task<bool> SendsSecretElsewhereAsync(RelayRow relay, CancellationToken ct) =>
        (relay.Password ?? relay.ClientSecret) is not null && await FindAsync(relay.Id, ct) is { } stored && (stored.Host, stored.TokenUrl) != (relay.Host, relay.TokenUrl);

    /// <summary>A secret that was tried and not saved yet: the page carries it wrapped, so that nobody writes it twice.</summary>
    /// <returns>Null where there is nothing, or nothing of ours.</returns>
    public string? Open(string? wrapped)
    {
        if (string.IsNullOrEmpty(wrapped)) return null;
        try
        {
            return secrets.UnwrapPassword(new RelayRow { Password = Convert.FromBase64String(wrapped) });
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null; // of another installation, or made up
        }
    }
}
