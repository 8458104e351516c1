using CrankMailer.Model;
using CrankMailer.Model.Audience;

namespace CrankMailer.Console.Pages.Audience;

/// <summary>States, reasons and faults of the audience, in words for a person who has never seen them.</summary>
internal static class AudienceWords
{
    public static string Title(SubscriptionState state) => state switch
    {
        SubscriptionState.Pending => "Not confirmed yet",
        SubscriptionState.Active => "Active",
        SubscriptionState.Paused => "Paused",
        _ => "Left",
    };

    public static string Title(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "Hard bounce",
        SuppressionReason.SoftBounces => "Soft bounces",
        SuppressionReason.Complaint => "Complaint",
        SuppressionReason.Operator => "By an operator",
        SuppressionReason.Import => "Imported",
        _ => "Erased",
    };

    public static string Meaning(SuppressionReason reason) => reason switch
    {
        SuppressionReason.HardBounce => "the receiver said that this address does not exist or takes no mail",
        SuppressionReason.SoftBounces => "mail could not be delivered again and again",
        SuppressionReason.Complaint => "the person reported a mail as spam",
        SuppressionReason.Operator => "an operator said that it must not be mailed",
        SuppressionReason.Import => "it came with a list of addresses that must not be mailed",
        _ => "the person asked to be erased",
    };

    public static string Title(ConsentKind kind) => kind switch
    {
        ConsentKind.Asked => "Signed up, asked to confirm",
        ConsentKind.Confirmed => "Confirmed",
        ConsentKind.Imported => "Imported",
        ConsentKind.Paused => "Paused",
        ConsentKind.Resumed => "Resumed",
        ConsentKind.Left => "Left",
        ConsentKind.Undone => "Came back by undo",
        _ => "Erased",
    };

    /// <summary>By which way an entry of the consent log came: <c>form:slug</c>, <c>link</c>, …; unknown ones as they stand.</summary>
    public static string Source(string source) => source.Split(':', 2) switch
    {
        ["form", ..] => "The sign-up form",
        ["link"] => "A link in a mail",
        ["import", ..] => "An import",
        _ => source,
    };

    /// <summary>What is wrong with a typed address, and how to mend it.</summary>
    public static string Fault(AddressFault fault) => fault switch
    {
        AddressFault.Empty => "Type the whole address.",
        AddressFault.NoAt => "This is not a whole address: it has no @.",
        AddressFault.SeveralAddresses => "This holds more than one @: type one address.",
        AddressFault.LocalPart => "What stands before the @ cannot be mailed: take away spaces, brackets, quotes and doubled dots.",
        AddressFault.Domain => "What stands after the @ is no domain name: check for spaces, missing dots and stray characters.",
        AddressFault.TooLong => "The address is longer than mail allows (64 characters before the @, 254 in all).",
        AddressFault.Lookalike => "The address mixes letters of several alphabets that look alike: type it anew.",
        _ => "This is no e-mail address.",
    };
}
