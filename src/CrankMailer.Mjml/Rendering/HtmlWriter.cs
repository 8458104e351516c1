using System.Buffers;
using System.Globalization;

namespace CrankMailer.Mjml.Rendering;

/// <summary>
/// Writes HTML into one pooled buffer. A tag is <c>Tag("td").Attribute("align", "left").Style("color", "red").Close()</c>;
/// attributes and styles whose value is null are left out; declarations in a row become one style attribute.
/// </summary>
public sealed class HtmlWriter : IDisposable
{
    private const string MsoStart = "<!--[if mso | IE]>";
    private const string MsoStop = "<![endif]-->";
    private const string HiddenStop = "<!--<![endif]-->";
    private const string StyleStart = " style=\"";

    // An attribute of a megabyte that mj-all gives to every element: no mail is a thousandth of this.
    private const int Most = 100_000_000;

    private char[] buffer;
    private int length;
    private bool inStyle;

    internal HtmlWriter(int capacity) => buffer = ArrayPool<char>.Shared.Rent(capacity);

    internal int Length => length;

    internal ReadOnlySpan<char> Written => buffer.AsSpan(0, length);

    /// <summary>Writes markup as it is.</summary>
    public HtmlWriter Raw(ReadOnlySpan<char> markup)
    {
        markup.CopyTo(Room(markup.Length));
        length += markup.Length;
        return this;
    }

    /// <summary>Begins a start tag: <c>&lt;name</c>.</summary>
    public HtmlWriter Tag(string name)
    {
        var room = Room(name.Length + 1);
        room[0] = '<';
        name.CopyTo(room[1..]);
        length += name.Length + 1;
        return this;
    }

    public HtmlWriter Attribute(string name, string? value)
    {
        if (value is not null)
        {
            EndStyle();
            BeginAttribute(name);
            if (value.AsSpan().IndexOfAny('"', '>') < 0)
            {
                var room = Room(value.Length + 1);
                value.CopyTo(room);
                room[value.Length] = '"';
                length += value.Length + 1;
            }
            else
            {
                AttributeValue.Escape(value, this);
                Put('"');
            }
        }

        return this;
    }

    public HtmlWriter Attribute(string name, double number)
    {
        EndStyle();
        BeginAttribute(name);
        Write(number);
        Put('"');
        return this;
    }

    /// <summary>class, of those names that are given.</summary>
    public HtmlWriter Class(string? first, string? second = null)
    {
        if (string.IsNullOrEmpty(first))
        {
            return string.IsNullOrEmpty(second) ? this : Attribute("class", second);
        }

        Attribute("class", first);
        if (!string.IsNullOrEmpty(second))
        {
            length--;
            Put(' ');
            Value(second);
            Put('"');
        }

        return this;
    }

    /// <summary>class for Outlook's copy of an element: each name with <c>-outlook</c> behind it.</summary>
    public HtmlWriter OutlookClass(string? names)
    {
        if (string.IsNullOrWhiteSpace(names))
        {
            return this;
        }

        EndStyle();
        BeginAttribute("class");
        var first = true;
        foreach (var range in names.AsSpan().Split(' '))
        {
            Raw(first ? "" : " ");
            Value(names.AsSpan()[range]);
            Raw("-outlook");
            first = false;
        }

        Put('"');
        return this;
    }

    public HtmlWriter Style(string property, ReadOnlySpan<char> value)
    {
        if (value.IndexOfAny('"', '>') >= 0)
        {
            BeginStyle(property);
            AttributeValue.Escape(value, this);
            Put(';');
            return this;
        }

        // Half of a mail is declarations, so that they are written with one look at the room.
        var size = property.Length + value.Length + 2;
        var room = Room(size + StyleStart.Length);
        if (!inStyle)
        {
            inStyle = true;
            StyleStart.CopyTo(room);
            room = room[StyleStart.Length..];
            length += StyleStart.Length;
        }

        property.CopyTo(room);
        room[property.Length] = ':';
        value.CopyTo(room[(property.Length + 1)..]);
        room[size - 1] = ';';
        length += size;
        return this;
    }

    public HtmlWriter Style(string property, string? value) => value is null ? this : Style(property, value.AsSpan());

    public HtmlWriter Style(string property, double number, string unit)
    {
        BeginStyle(property);
        Write(number);
        Raw(unit);
        Put(';');
        return this;
    }

    /// <summary>Ends a start tag.</summary>
    public HtmlWriter Close()
    {
        EndStyle();
        Put('>');
        return this;
    }

    /// <summary>Ends a tag that has no end tag.</summary>
    public HtmlWriter CloseVoid()
    {
        EndStyle();
        return Raw(" />");
    }

    /// <summary>A line break between blocks, where white space means nothing.</summary>
    public HtmlWriter Line()
    {
        Put('\n');
        return this;
    }

    /// <summary>
    /// Begins what only Outlook and old Internet Explorers read; joined to the last such part where nothing lies between,
    /// also to one the author wrote. (Not to the end of what Outlook must not read: that would hide the markup from it.)
    /// </summary>
    public HtmlWriter BeginMso()
    {
        var written = Written.TrimEnd(" \t\r\n");
        if (written.EndsWith(MsoStop) && !written.EndsWith(HiddenStop))
        {
            length = written.Length - MsoStop.Length;
            return this;
        }

        return Raw(MsoStart);
    }

    public HtmlWriter EndMso() => Raw(MsoStop);

    /// <summary>Markup that only Outlook and old Internet Explorers read.</summary>
    public HtmlWriter Mso(string markup) => BeginMso().Raw(markup).EndMso();

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private void BeginAttribute(string name)
    {
        var room = Room(name.Length + 3);
        room[0] = ' ';
        name.CopyTo(room[1..]);
        room[name.Length + 1] = '=';
        room[name.Length + 2] = '"';
        length += name.Length + 3;
    }

    private void BeginStyle(string property)
    {
        if (!inStyle)
        {
            inStyle = true;
            Raw(StyleStart);
        }

        var room = Room(property.Length + 1);
        property.CopyTo(room);
        room[property.Length] = ':';
        length += property.Length + 1;
    }

    private void EndStyle()
    {
        if (inStyle)
        {
            inStyle = false;
            Put('"');
        }
    }

    private void Value(ReadOnlySpan<char> value)
    {
        if (value.IndexOfAny('"', '>') < 0)
        {
            Raw(value);
            return;
        }

        AttributeValue.Escape(value, this);
    }

    private void Write(double number)
    {
        // Most are whole, and those are written faster; -0 becomes 0 on the way, as CSS knows no such thing.
        var whole = (int)number;
        var room = Room(32);
        var written = 0;
        _ = whole == number
            ? whole.TryFormat(room, out written, default, CultureInfo.InvariantCulture)
            : number.TryFormat(room, out written, "R", CultureInfo.InvariantCulture);
        length += written;
    }

    private void Put(char c)
    {
        Room(1)[0] = c;
        length++;
    }

    private Span<char> Room(int size)
    {
        if (buffer.Length - length < size)
        {
            Grow(size);
        }

        return buffer.AsSpan(length);
    }

    private void Grow(int size)
    {
        if (length + (long)size > Most)
        {
            throw DocumentTooLargeException.Output();
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, length + size));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer);
        buffer = larger;
    }
}
