using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CrankMailer.Mjml.Attributes;

/// <summary>The colours that every mail client reads: names, three or six hex digits, rgb() and rgba() with commas.</summary>
internal sealed partial record ColorType : AttributeType
{
    // CSS Color Level 4 §6.1, with the two keywords mjml admits.
    private static readonly FrozenSet<string> Names = """
        aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood
        cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray
        darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
        darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue
        firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
        hotpink indianred indigo inherit ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral
        lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen lightskyblue
        lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen magenta maroon mediumaquamarine
        mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue mediumspringgreen mediumturquoise
        mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
        orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
        powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna
        silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent
        turquoise violet wheat white whitesmoke yellow yellowgreen
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    internal override string? Refusal(string value) =>
        Names.Contains(value) || IsHex(value) || Functional().IsMatch(value) ? null : $"{value} for type Color ";

    internal override string Normalise(string value) =>
        value.Length == 4 && IsHex(value)
            ? string.Create(7, value, static (to, from) =>
            {
                to[0] = '#';
                for (var i = 1; i < 4; i++)
                {
                    to[(2 * i) - 1] = to[2 * i] = from[i];
                }
            })
            : value;

    private static bool IsHex(string value)
    {
        if (value.Length is not (4 or 7) || value[0] != '#')
        {
            return false;
        }

        for (var i = 1; i < value.Length; i++)
        {
            if (!char.IsAsciiHexDigit(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    // mjml asks no more than that it occurs.
    [GeneratedRegex(@"rgb\(\d{1,3},\s?\d{1,3},\s?\d{1,3}\)|rgba\(\d{1,3},\s?\d{1,3},\s?\d{1,3},\s?\d(\.\d{1,3})?\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Functional();
}
