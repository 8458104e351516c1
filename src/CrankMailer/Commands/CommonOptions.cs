using System.CommandLine;

namespace CrankMailer.Commands;

/// <summary>Options that several commands share; each call makes a new one, since an option belongs to one command tree.</summary>
internal static class CommonOptions
{
    public const string DefaultUrl = "http://localhost:5080";

    public static Option<string?> Data() => new("--data") { Description = "Data folder; else CRANKMAILER_DATA, else the platform's application data folder." };

    public static Option<string> Urls() => new("--urls") { Description = "Addresses to listen on, parted by semicolons.", DefaultValueFactory = _ => DefaultUrl };

    public static Option<string?> Templates() => new("--templates") { Description = "Folder of themes, mails and pages; watched for changes." };

    public static Option<bool> Json() => new("--json") { Description = "Print for machines." };
}
