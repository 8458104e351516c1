using System.Globalization;

namespace CrankMailer.Mail.Rules;

/// <summary>Finds who receives for a domain (receivers.tsv). Names are those of <see cref="ReplyRules.Classify"/>.</summary>
public sealed class Receivers
{
    private const string Resource = "CrankMailer.Mail.Rules.receivers.tsv";

    private static readonly Lazy<Receivers> Shared = new(LoadResource);

    private readonly Dictionary<string, Receiver> byMx = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Receiver> byDomain = new(StringComparer.OrdinalIgnoreCase);

    private readonly List<string> names = [];

    private Receivers() { }

    public static Receivers Default => Shared.Value;

    /// <summary>Of all that are known, in the file's order.</summary>
    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whoever is not known: KumoMTA's general starting values (R77).</summary>
    public static Receiver Other { get; } = new("other", 10, 100);

    /// <exception cref="FormatException">file(line,col): error: what is wrong.</exception>
    public static Receivers Parse(TextReader reader, string fileName)
    {
        var made = new Receivers();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var columns = line.Split('\t');
            if (columns.Length != 5 || !int.TryParse(columns[1], NumberStyles.None, CultureInfo.InvariantCulture, out var connections)
                || !int.TryParse(columns[2], NumberStyles.None, CultureInfo.InvariantCulture, out var messages))
                throw new FormatException($"{fileName}({number},1): error: a receiver has 5 columns parted by TAB: name, connections, messages, MX hosts, domains");
            var receiver = new Receiver(columns[0], connections, messages);
            made.names.Add(receiver.Name);
            foreach (var host in List(columns[3])) made.byMx[host] = receiver;
            foreach (var domain in List(columns[4])) made.byDomain[domain] = receiver;
        }
        return made;
    }

    /// <summary>By the host a domain's MX record names.</summary>
    public Receiver FindByMx(string host) => Find(byMx, host.TrimEnd('.'));

    /// <summary>By the domain of an address, where no MX is known. Whose mail goes to a big receiver under its own domain is
    /// found only by MX.</summary>
    public Receiver FindByDomain(string domain) => Find(byDomain, domain);

    private static Receiver Find(Dictionary<string, Receiver> known, string name)
    {
        for (var rest = name; rest.Length > 0;)
        {
            if (known.TryGetValue(rest, out var receiver)) return receiver;
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0) break;
            rest = rest[(dot + 1)..];
        }
        return Other;
    }

    private static string[] List(string column) => column == "-" ? [] : column.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Receivers LoadResource()
    {
        using var stream = typeof(Receivers).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var reader = new StreamReader(stream);
        return Parse(reader, "receivers.tsv");
    }
}
