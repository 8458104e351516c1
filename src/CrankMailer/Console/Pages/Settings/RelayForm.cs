using System.Globalization;
using CrankMailer.Console.Shared;
using CrankMailer.Model;
using CrankMailer.Model.Publications;

namespace CrankMailer.Console.Pages.Settings;

/// <summary>Reads a relay from its posted form; what the values may be is the relay's own matter (RelayRules).</summary>
internal static class RelayForm
{
    public static readonly (string, string)[] Securities =
    [
        (nameof(RelaySecurity.Required), "STARTTLS, required (port 587)"), (nameof(RelaySecurity.Implicit), "TLS from the start (port 465)"),
        (nameof(RelaySecurity.Opportunistic), "STARTTLS where offered"), (nameof(RelaySecurity.None), "Not encrypted (this machine)"),
    ];

    /// <returns>Fields that hold no number or choice at all.</returns>
    public static IReadOnlyList<Problem> Read(Posted form, RelayRow relay)
    {
        var problems = new List<Problem>();
        relay.Kind = Choice(form, "kind", relay.Kind);
        relay.Name = form.Text("name") ?? "";
        relay.Priority = Whole(form, "priority", 0, problems);
        relay.Connections = Whole(form, "connections", 4, problems);
        relay.MessagesPerSecond = Rate(form, problems);
        relay.Host = form.Text("host") ?? "";
        relay.Port = Whole(form, "port", 587, problems);
        relay.Security = Choice(form, "security", relay.Security);
        relay.HelloName = form.Text("hello_name");
        relay.MessagesPerConnection = Whole(form, "messages_per_connection", 100, problems);
        relay.UserName = form.Text("user");
        relay.TokenUrl = form.Text("token_url");
        relay.ClientId = form.Text("client_id");
        relay.TokenScope = form.Text("token_scope");
        relay.Authorities = form.Text("authorities");
        relay.AnyCertificate = form.Ticked("any_certificate");
        relay.Folder = form.Text("folder");
        return problems;
    }

    private static T Choice<T>(Posted form, string name, T otherwise) where T : struct, Enum => Enum.TryParse<T>(form.Text(name), out var value) && Enum.IsDefined(value) ? value : otherwise;

    private static int Whole(Posted form, string name, int otherwise, List<Problem> problems)
    {
        if (form.Text(name) is null) return otherwise;
        if (form.Number(name) is { } number) return number;
        problems.Add(FieldProblems.Wrong(name, "Write a whole number."));
        return otherwise;
    }

    private static double? Rate(Posted form, List<Problem> problems)
    {
        if (form.Text("messages_per_second") is not { } text) return null;
        if (double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)) return rate;
        problems.Add(FieldProblems.Wrong("messages_per_second", "Write a number, such as 10 or 0.5, or nothing for no limit."));
        return null;
    }
}
