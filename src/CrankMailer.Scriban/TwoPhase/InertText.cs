namespace CrankMailer.Scriban.TwoPhase;

/// <summary>The first of the two phases of design §4: what a template writes as literal text stays code for the second phase, values do not.</summary>
public static class InertText
{
    /// <summary>Renders a template so that only its literal text, and <see cref="LiveMarkup"/>, is code for the second phase.</summary>
    /// <exception cref="ScribanException">As any render; also where a value stands inside code meant for the second phase.</exception>
    public static string Render(ScribanTemplate template, object? model, ScribanOptions options, CancellationToken ct)
    {
        var result = new StringWriter();
        template.Render(model, new InertOutput(result), options, ct);
        return result.ToString();
    }

    /// <summary>One value made inert, to stand between texts that neither end nor begin with a brace. Templates take <see cref="Render"/>.</summary>
    public static string Of(string value)
    {
        var result = new StringWriter();
        var output = new InertOutput(result);
        output.WriteValue(value);
        output.Complete();
        return result.ToString();
    }
}
