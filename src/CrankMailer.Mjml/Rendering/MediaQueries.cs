using CrankMailer.Mjml.Attributes;

namespace CrankMailer.Mjml.Rendering;

/// <summary>Rules by class that hold on wide screens only, in the order of first use.</summary>
internal sealed class MediaQueries
{
    private readonly Dictionary<string, int> places = [];
    private readonly List<(string Name, string Body)> bodies = [];
    private readonly Dictionary<CssLength, string> classes = [];

    /// <summary>Class of the columns of this width, where one was before; most columns of a mail are as wide as others.</summary>
    public string? ClassOf(CssLength width) => classes.GetValueOrDefault(width);

    public void Remember(CssLength width, string name) => classes.TryAdd(width, name);

    /// <summary>The last body given to a class holds.</summary>
    /// <param name="name">Class that the rule is for.</param>
    /// <param name="body">Declarations with their braces.</param>
    public void Add(string name, string body)
    {
        if (places.TryGetValue(name, out var place))
        {
            if (bodies[place].Body != body)
            {
                // A group's class tells whole numbers only, so that a column's may be the same: what it says must be said again.
                bodies[place] = (name, body);
                classes.Clear();
            }

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
