using System.Globalization;
using CrankMailer.Console.Shared;
using CrankMailer.Model.Documents;

namespace CrankMailer.Console.Pages.Editor.Forms;

/// <summary>
/// Reads the write screen's form. Its fields are named as problems name places (<c>sections[2].items[4].sources[0].url</c>), and the
/// numbers are those of the <em>shape</em>: the issue the form was made from. What the form does not show (ids, unknown keys) is taken from
/// there; the order is that of the repeated field <c>order</c>, so that a hand may move things without renaming a field.
/// </summary>
internal sealed class IssueForm(Posted form, Issue shape)
{
    public Issue Read() => shape with
    {
        Title = form.Text("title"),
        Period = form.Text("period"),
        Number = form.Number("number"),
        Slug = form.Text("slug"),
        Lang = form.Text("lang"),
        Subject = form.Text("subject"),
        Preheader = form.Text("preheader"),
        Intro = form.Text("intro"),
        Image = Image("image", shape.Image),
        Sections = [.. Ordered("sections", shape.Sections, Section)],
        Masthead = [.. Rows("masthead").Select(Entry).OfType<MastheadEntry>()],
    };

    private Section Section(string path, Section section)
    {
        var common = section with { Heading = form.Text($"{path}.heading"), Lead = Kept($"{path}.lead", section.Lead), Tail = Kept($"{path}.tail", section.Tail) };
        return common switch
        {
            StoriesSection s => s with { Stories = [.. Ordered($"{path}.stories", s.Stories, Story)] },
            BriefsSection s => s with { Items = [.. Ordered($"{path}.items", s.Items, Brief)] },
            ReadingsSection s => s with { Items = [.. Ordered($"{path}.items", s.Items, Reading)] },
            EventsSection s => s with { Items = [.. Ordered($"{path}.items", s.Items, Event)] },
            ProseSection s => s with { Body = form.Text($"{path}.body") },
            PictureSection s => s with { Image = Image($"{path}.image", s.Image) },
            ButtonSection s => s with { Label = form.Text($"{path}.label"), Url = form.Text($"{path}.url") },
            var unknown => unknown,
        };
    }

    private Story Story(string path, Story story) => story with
    {
        Headline = form.Text($"{path}.headline") ?? "", Body = form.Text($"{path}.body") ?? "", Url = form.Text($"{path}.url"),
        Byline = form.Text($"{path}.byline"), Image = Image($"{path}.image", story.Image),
    };

    private Brief Brief(string path, Brief brief) => brief with
    {
        Text = form.Text($"{path}.text") ?? "",
        Sources = [.. Rows($"{path}.sources").Select((row, i) => Source(row, i < brief.Sources.Count ? brief.Sources[i] : new Source())).OfType<Source>()],
    };

    private Source? Source(string path, Source source) =>
        (form.Text($"{path}.name"), form.Text($"{path}.url")) is var (name, url) && (name ?? url) is null ? null : source with { Name = name ?? "", Url = url };

    private Reading Reading(string path, Reading reading) => reading with
    {
        Title = form.Text($"{path}.title") ?? "", Url = form.Text($"{path}.url"), Lang = form.Text($"{path}.lang"), Byline = form.Text($"{path}.byline"),
    };

    private IssueEvent Event(string path, IssueEvent item) => item with
    {
        Title = form.Text($"{path}.title") ?? "", Url = form.Text($"{path}.url"), Starts = form.Text($"{path}.starts"), Ends = form.Text($"{path}.ends"),
        Zone = form.Text($"{path}.zone"), Place = form.Text($"{path}.place"), Note = form.Text($"{path}.note"),
    };

    private MastheadEntry? Entry(string path, int index)
    {
        var (role, name, email) = (form.Text($"{path}.role"), form.Text($"{path}.name"), form.Text($"{path}.email"));
        if ((role ?? name ?? email) is null) return null;
        var entry = index < shape.Masthead.Count ? shape.Masthead[index] : new MastheadEntry();
        return entry with { Role = role ?? "", Name = name ?? "", Email = email };
    }

    private IssueImage? Image(string path, IssueImage? image)
    {
        if (!form.Has($"{path}.alt")) return image;
        return (image ?? new IssueImage()) with
        {
            Src = form.Text($"{path}.src"), Alt = form.Text($"{path}.alt"), Credit = form.Text($"{path}.credit"), Caption = form.Text($"{path}.caption"), Url = form.Text($"{path}.url"),
        };
    }

    /// <summary>A field the form may leave out where it was empty.</summary>
    private string? Kept(string path, string? before) => form.Has(path) ? form.Text(path) : before;

    /// <summary>The things of a list in the order the form holds them; what it does not hold was removed.</summary>
    private IEnumerable<T> Ordered<T>(string list, IReadOnlyList<T> things, Func<string, T, T> read)
    {
        foreach (var path in form.All("order").Distinct())
            if (path.StartsWith(list + "[", StringComparison.Ordinal) && path.EndsWith(']')
                && int.TryParse(path.AsSpan(list.Length + 1, path.Length - list.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < things.Count)
                yield return read(path, things[index]);
    }

    /// <summary>Rows that are simply numbered; the last ones may be blank.</summary>
    private IEnumerable<string> Rows(string list)
    {
        for (var i = 0; form.Has($"{list}[{i}].name"); i++) yield return $"{list}[{i}]";
    }
}
