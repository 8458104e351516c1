namespace CrankMailer.Delivery.Compose;

/// <summary>What became of a change of signing keys.</summary>
public abstract record SigningKeyAnswer
{
    private SigningKeyAnswer() { }

    /// <param name="Replaced">What the key took the place of; its record must stay published for a while.</param>
    public sealed record Done(SigningKey Key, SigningKey? Replaced = null) : SigningKeyAnswer;

    /// <param name="Text">Why not, and what to do.</param>
    public sealed record Refused(string Text) : SigningKeyAnswer;
}
