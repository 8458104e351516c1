using System.Text;

namespace CrankMailer.Mail.Smtp;

/// <summary>AUTH as a client (RFC 4954, R63): PLAIN, LOGIN, XOAUTH2. What is secret is written as asterisks into the transcript.</summary>
/// <param name="host">For the sentences.</param>
/// <param name="say">Writes a line and returns the reply; the second argument is how the transcript shows it.</param>
internal sealed class SmtpLogIn(string host, SmtpCapabilities capabilities, SmtpTranscript transcript, Func<string, string, Task<SmtpReply>> say)
{
    private const string Masked = "********";

    /// <summary>RFC 4954 4: a longer line may not carry an initial response; RFC 5321 4.5.3.1.4 counts the line end in.</summary>
    private const int MaxLine = 512;

    /// <summary>Null where we are logged in.</summary>
    public async Task<Obstacle?> RunAsync(SmtpCredential credential, CancellationToken ct)
    {
        if (Mechanisms(credential).Count == 0) return new Obstacle(null, SmtpFailure.AuthNotPossible, NoMechanism(credential));
        return credential switch
        {
            SmtpCredential.Password password => Obstacle.Of(await WithPasswordAsync(password)),
            SmtpCredential.Bearer bearer => await WithTokensAsync(bearer, ct),
            _ => throw new InvalidOperationException($"No such credential: {credential.GetType().Name}."),
        };
    }

    private async Task<Obstacle?> WithTokensAsync(SmtpCredential.Bearer credential, CancellationToken ct)
    {
        Obstacle? obstacle = null;
        var tried = "";
        foreach (var fresh in (bool[])[false, true])
        {
            switch (await credential.Token(fresh, ct))
            {
                case BearerToken.Given { Value: var token } when token != tried:
                    var reply = await WithTokenAsync(credential, tried = token);
                    // A token may end before its time, or be withdrawn: one more, and no loop (R63).
                    if (reply.Code != 535) return Obstacle.Of(reply);
                    obstacle = Obstacle.Of(reply);
                    break;
                case BearerToken.Refused { Why: var why }:
                    return obstacle ?? new Obstacle(null, SmtpFailure.AuthNotPossible, $"No access token for {host} is given to us: {why}");
                case BearerToken.Unavailable { Why: var why }:
                    return obstacle ?? new Obstacle(null, SmtpFailure.TokenNotHad, $"No access token for {host} is to be had now: {why}");
            }
        }
        return obstacle;
    }

    private async Task<SmtpReply> WithPasswordAsync(SmtpCredential.Password credential)
    {
        var plain = Encode($"\0{credential.User}\0{credential.Secret}");
        transcript.Hide(credential.Secret, Encode(credential.Secret), plain);
        SmtpReply? refused = null;
        foreach (var mechanism in Mechanisms(credential))
        {
            var reply = mechanism == "PLAIN" ? await AnswerAsync(await BeginAsync("PLAIN", plain), [plain]) : await AnswerAsync(await say("AUTH LOGIN\r\n", "AUTH LOGIN"), [Encode(credential.User), Encode(credential.Secret)]);
            // What is offered and not known says nothing of the password; a refused one (535) is not tried by another way, as it counts towards a lock-out.
            if (!IsUnknownMechanism(reply)) return reply;
            refused ??= reply;
        }
        return refused ?? throw new InvalidOperationException("There is a mechanism, or RunAsync had ended.");
    }

    private async Task<SmtpReply> WithTokenAsync(SmtpCredential.Bearer credential, string token)
    {
        var response = Encode($"user={credential.User}\u0001auth=Bearer {token}\u0001\u0001");
        transcript.Hide(token, Encode(token), response);
        var reply = await BeginAsync("XOAUTH2", response);
        if (reply.IsIntermediate && !Carries("XOAUTH2", response)) reply = await say(response + "\r\n", Masked);
        // What is wrong comes as a challenge that is answered with nothing; then the refusal comes.
        if (!reply.IsIntermediate) return Final(reply);
        if (Decode(reply.Text) is { } why) transcript.Note($"the server says: {why}");
        return Final(await say("\r\n", ""));
    }

    private Task<SmtpReply> BeginAsync(string mechanism, string response) =>
        Carries(mechanism, response) ? say($"AUTH {mechanism} {response}\r\n", $"AUTH {mechanism} {Masked}") : say($"AUTH {mechanism}\r\n", $"AUTH {mechanism}");

    private static bool Carries(string mechanism, string response) => $"AUTH {mechanism} {response}\r\n".Length <= MaxLine;

    /// <summary>Gives one answer to each challenge. A server that takes no initial response asks for it.</summary>
    private async Task<SmtpReply> AnswerAsync(SmtpReply reply, IReadOnlyList<string> answers)
    {
        foreach (var answer in answers)
        {
            if (!reply.IsIntermediate) break;
            reply = await say(answer + "\r\n", Masked);
        }
        return Final(reply);
    }

    private static SmtpReply Final(SmtpReply reply) =>
        reply.IsIntermediate ? throw new InvalidDataException("The server asks on and on instead of saying whether it takes the log-in.") : reply;

    private List<string> Mechanisms(SmtpCredential credential) =>
        [.. (credential is SmtpCredential.Bearer ? ["XOAUTH2"] : (string[])["PLAIN", "LOGIN"]).Where(capabilities.AuthMechanisms.Contains)];

    private string NoMechanism(SmtpCredential credential)
    {
        var wanted = credential is SmtpCredential.Bearer ? "XOAUTH2, which an access token needs" : "a mechanism we know (PLAIN, LOGIN)";
        return capabilities.AuthMechanisms.Count == 0 ? $"{host} offers no AUTH." : $"{host} does not offer {wanted}, only {string.Join(", ", capabilities.AuthMechanisms)}.";
    }

    /// <summary>504 and 534 are RFC 4954 4 and 6; the 50x are what servers say of a command they do not know.</summary>
    private static bool IsUnknownMechanism(SmtpReply reply) => reply.Code is >= 500 and <= 504 or 534;

    private static string Encode(string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));

    /// <summary>The error of a challenge is a line of JSON; whatever it is, it is shown as text without controls, and not endless.</summary>
    private static string? Decode(string challenge)
    {
        var octets = new byte[challenge.Length];
        if (!Convert.TryFromBase64String(challenge, octets, out var length) || length == 0) return null;
        var text = Headers.HeaderText.Clean(Encoding.UTF8.GetString(octets.AsSpan(0, length)));
        return text.Length <= 500 ? text : text[..500];
    }

    /// <summary>Why we are not logged in: the server's reply, or what happened before one.</summary>
    public sealed record Obstacle(SmtpReply? Reply, SmtpFailure Failure, string Text)
    {
        public static Obstacle? Of(SmtpReply reply) => reply.IsPositive ? null : new Obstacle(reply, default, "");
    }
}
