namespace CrankMailer.Mjml.Rendering;

/// <summary>Rules by class that hold on wide screens only, in the order of first use.</summary>
internal sealed class MediaQueries
{
    private readonly Dictionary<string, int> places = [];
    private readonly List<(string Name, string Body)> bodies = [];

    /// <summary>The last body given to a class holds.</summary>
    /// <param name="name">Class that the rule is for.</param>
    /// <param name="body">Declarations with their braces.</param>
    public void Add(string name, string body)
    {
        if (places.TryGetValue(name, out var place))
        {
            bodies[place] = (name, body);
            return;
        }

        places.Add(name, bodies.Count);
        bodies.Add((name, body));
    }

    /// <summary>The rules; classes of the same body share one.</summary>
    public IReadOnlyList<MediaRule> Rules()
    {
        var rules = new List<MediaRule>();
        var byBody = new Dictionary<string, MediaRule>();
        foreach (var (name, body) in bodies)
        {
            if (byBody.TryGetValue(body, out var known))
            {
                known.Classes.Add(name);
                continue;
            }

            var rule = new MediaRule(body, [name]);
            byBody.Add(body, rule);
            rules.Add(rule);
        }

        return rules;
    }
}

/// <param name="Body">Declarations with their braces.</param>
internal sealed record MediaRule(string Body, List<string> Classes);
