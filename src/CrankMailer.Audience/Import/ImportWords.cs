using CrankMailer.Model;

namespace CrankMailer.Audience.Import;

/// <summary>Why an address in a file cannot be used, and how to mend it.</summary>
internal static class ImportWords
{
    public static string Of(AddressFault fault) => fault switch
    {
        AddressFault.Empty => "the row has no address.",
        AddressFault.NoAt => "this is no e-mail address: it has no @.",
        AddressFault.SeveralAddresses => "this holds more than one @: put one address in a row.",
        AddressFault.LocalPart => "what stands before the @ cannot be mailed: take away spaces, brackets, quotes and doubled dots.",
        AddressFault.Domain => "what stands after the @ is no domain name: check for spaces, missing dots and stray characters.",
        AddressFault.TooLong => "the address is longer than mail allows (64 characters before the @, 254 in all).",
        AddressFault.Lookalike => "the address mixes letters of several alphabets that look alike: type it anew.",
        _ => "this is no e-mail address.",
    };
}
