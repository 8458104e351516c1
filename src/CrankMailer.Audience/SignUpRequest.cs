using CrankMailer.Audience.Guard;
using CrankMailer.Model;

namespace CrankMailer.Audience;

/// <summary>A sign-up form as it came in. Nothing of it is trusted.</summary>
public sealed record SignUpRequest
{
    public required int PublicationId { get; init; }
    public string? Email { get; init; }
    public string? Name { get; init; }

    /// <summary>Slugs of the chosen lists.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Language of the page: that of the mails.</summary>
    public required string Lang { get; init; }
    public FormTraps Traps { get; init; } = new();
    public required Visit Visit { get; init; }
}

public abstract record SignUpResult
{
    private SignUpResult() { }

    /// <summary>The one answer for known and unknown addresses (R162): look into your mail.</summary>
    public sealed record LookIntoYourMail(EmailAddress Address) : SignUpResult;

    /// <summary>Something in the form is to be mended; the rest is kept.</summary>
    public sealed record Mend(IReadOnlyList<FieldFault> Faults) : SignUpResult;

    /// <summary>A plain question first; the form comes back with its answer.</summary>
    public sealed record AskFirst(PlainQuestion Question, bool WrongAnswer) : SignUpResult;

    /// <summary>Too many forms from this network.</summary>
    public sealed record Wait(TimeSpan For) : SignUpResult;
}

/// <param name="Field">Name of the form's field.</param>
/// <param name="Code">Key of the sentence in the pages' strings.</param>
public sealed record FieldFault(string Field, string Code);
