namespace CrankMailer.Mjml.Rendering;

/// <summary>Rules by class that hold on wide screens only, in the order of first use.</summary>
internal sealed class MediaQueries
{
    private readonly HashSet<string> known = [];
    private readonly List<MediaRule> rules = [];
    private readonly Dictionary<string, MediaRule> byBody = [];

    public IReadOnlyList<MediaRule> Rules => rules;

    /// <param name="name">Class that the rule is for.</param>
    /// <param name="body">Declarations with their braces; classes of the same body share a rule.</param>
    public void Add(string name, string body)
    {
        if (!known.Add(name))
        {
            return;
        }

        if (byBody.TryGetValue(body, out var rule))
        {
            rule.Classes.Add(name);
            return;
        }

        rule = new MediaRule(body, [name]);
        byBody.Add(body, rule);
        rules.Add(rule);
    }
}

/// <param name="Body">Declarations with their braces.</param>
internal sealed record MediaRule(string Body, List<string> Classes);
