namespace CrankMailer.Mjml.Attributes;

/// <summary>What values an attribute takes.</summary>
public abstract record AttributeType
{
    private protected AttributeType() { }

    /// <summary>Anything.</summary>
    public static readonly AttributeType Text = new AnyText();

    /// <summary>A CSS colour; #abc becomes #aabbcc, as some clients know only the long form.</summary>
    public static readonly AttributeType Color = new ColorType();

    /// <summary>true or false.</summary>
    public static readonly AttributeType Boolean = new BooleanType();

    /// <summary>Something with a digit in it: mjml looks no closer.</summary>
    public static readonly AttributeType Integer = new IntegerType();

    /// <summary>px.</summary>
    public static readonly AttributeType Pixels = new LengthType(["px"], 1, 1, false);

    /// <summary>px or %.</summary>
    public static readonly AttributeType Length = new LengthType(["px", "%"], 1, 1, false);

    /// <summary>One to four of px or %.</summary>
    public static readonly AttributeType Lengths = new LengthType(["px", "%"], 1, 4, false);

    /// <summary>px, % or a bare factor.</summary>
    public static readonly AttributeType LineHeight = new LengthType(["px", "%", ""], 1, 1, false);

    /// <summary>px or em, also below zero.</summary>
    public static readonly AttributeType LetterSpacing = new LengthType(["px", "em"], 1, 1, true);

    /// <summary>px or auto.</summary>
    public static readonly AttributeType PixelsOrAuto = new LengthType(["px", "auto"], 1, 1, false);

    /// <summary>px, % or auto.</summary>
    public static readonly AttributeType LengthOrAuto = new LengthType(["px", "%", "auto"], 1, 1, false);

    /// <summary>One of the words.</summary>
    public static AttributeType OneOf(params string[] words) => new WordType(words);

    /// <summary>Null when the value is good; else the end of mjml's sentence "Attribute x has invalid value: …".</summary>
    internal abstract string? Refusal(string value);

    /// <summary>The value as it is written out.</summary>
    internal virtual string Normalise(string value) => value;

    private sealed record AnyText : AttributeType
    {
        internal override string? Refusal(string value) => null;
    }

    private sealed record BooleanType : AttributeType
    {
        internal override string? Refusal(string value) => value is "true" or "false" ? null : $"{value} for type Boolean ";
    }

    private sealed record IntegerType : AttributeType
    {
        internal override string? Refusal(string value) =>
            value.Any(char.IsAsciiDigit) ? null : $"{value} for type NInteger ";
    }

    private sealed record WordType(string[] Words) : AttributeType
    {
        internal override string? Refusal(string value) =>
            Words.Contains(value) ? null : $"{value} for type Enum, only accepts {string.Join(", ", Words)}";
    }
}
