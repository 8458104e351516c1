using System.Globalization;
using System.Text;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>Gmail cuts a message whose HTML is over 102,400 bytes, and with it the unsubscribe link at its end.</summary>
internal sealed class HtmlSizeCheck : IssueCheck
{
    private const int Most = 102_400;

    /// <summary>Personal values are not in yet and take room, too.</summary>
    private const int Near = Most * 9 / 10;

    public override IEnumerable<Problem> Run(CheckInput input)
    {
        if (input.Rendered is not { } rendered) yield break;
        var bytes = Encoding.UTF8.GetByteCount(rendered.Html);
        var size = bytes.ToString("N0", CultureInfo.InvariantCulture);
        if (bytes > Most) yield return Error("too-large", "html", $"The HTML has {size} bytes; over 102,400 Gmail cuts the message and hides the unsubscribe link. Shorten the issue or send it in two.");
        else if (bytes > Near) yield return Warning("nearly-too-large", "html", $"The HTML has {size} bytes; from 102,400 on Gmail cuts the message.");
    }
}
