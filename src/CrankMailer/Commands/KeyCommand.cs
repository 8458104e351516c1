using System.CommandLine;
using CrankMailer.Model.Tokens;

namespace CrankMailer.Commands;

/// <summary><c>key rotate</c> and <c>key revoke</c>: the keys that sign mailed links (design §5).</summary>
internal static class KeyCommand
{
    private static readonly Option<string?> Data = CommonOptions.Data();
    private static readonly Argument<int> Number = new("number") { Description = "The key's number." };

    public static Command Create()
    {
        var rotate = new Command("rotate", "Sign new links with a new key; old links go on working. Example: crankmailer key rotate") { Data };
        rotate.SetAction(RotateAsync);
        var revoke = new Command("revoke", "Stop accepting what an old key signed. Example: crankmailer key revoke 1") { Number, Data };
        revoke.SetAction(RevokeAsync);
        return new Command("key", "Keys that sign the links in mails.") { rotate, revoke };
    }

    private static async Task<int> RotateAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var number = await host.Services.GetRequiredService<TokenRings>().RotateAsync(ct);
        System.Console.Out.WriteLine($"Key {number} signs from now on (running processes take it within a minute). Links signed before go on working.");
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeAsync(ParseResult result, CancellationToken ct)
    {
        await using var host = await CommandHost.OpenAsync(result.GetValue(Data), ct);
        var number = result.GetRequiredValue(Number);
        if (!await host.Services.GetRequiredService<TokenRings>().RevokeAsync(number, ct))
            return Report.Refuse($"key {number} is not there, is revoked already, or is the one that signs (rotate first).");
        System.Console.Out.WriteLine(
            $"Key {number} is revoked. Dead from now on: every unsubscribe, preferences and view-online link it signed, and the bounces and replies to mails sent with it. "
            + "Readers of old mails must ask for a fresh link.");
        return ExitCodes.Done;
    }
}
