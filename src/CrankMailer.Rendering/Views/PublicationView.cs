namespace CrankMailer.Rendering.Views;

/// <summary><c>publication</c> in a theme or a system mail.</summary>
internal sealed record PublicationView
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? Tagline { get; init; }
    public required string Lang { get; init; }

    /// <summary>Its public page.</summary>
    public required string Url { get; init; }
    public required string ArchiveUrl { get; init; }

    /// <summary>The sender as a contact card, for the reader's address book.</summary>
    public required string ContactCardUrl { get; init; }
    public required SenderView Sender { get; init; }
    public required OrganisationView Organisation { get; init; }

    /// <summary>The copyright line with its year.</summary>
    public string? Copyright { get; init; }
    public required IReadOnlyList<SocialView> Social { get; init; }

    /// <summary>Why the reader gets this mail.</summary>
    public string? Why { get; init; }
}

internal sealed record SenderView(string? Name, string? Email);

internal sealed record OrganisationView
{
    public required string Name { get; init; }
    public required IReadOnlyList<string> PostalAddress { get; init; }
    public string? Website { get; init; }
    public string? ImprintUrl { get; init; }
    public string? PrivacyUrl { get; init; }

    /// <summary>As printed, and as linked (<c>mailto:</c> or https).</summary>
    public string? Contact { get; init; }
    public string? ContactUrl { get; init; }
}

internal sealed record SocialView(string Network, string Url, string Label);
