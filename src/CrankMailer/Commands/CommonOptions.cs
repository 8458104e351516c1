using System.CommandLine;
using CrankMailer.Hosting;

namespace CrankMailer.Commands;

/// <summary>Options that several commands share; each call makes a new one, since an option belongs to one command tree.</summary>
internal static class CommonOptions
{
    public const string DefaultUrl = "http://localhost:5080";

    public static Option<string?> Data() => new("--data") { Description = "Data folder; else CRANKMAILER_DATA, else the platform's application data folder." };

    public static Option<string> Urls(string description = "Addresses to listen on, parted by semicolons.", string value = DefaultUrl)
    {
        var option = new Option<string>("--urls") { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(given =>
        {
            if (ListenAddresses.Fault(given.GetValueOrDefault<string?>()) is { } fault) given.AddError(fault);
        });
        return option;
    }

    public static Option<string?> Templates() => new("--templates") { Description = "Folder of themes, mails and pages; watched for changes." };

    public static Option<bool> Json() => new("--json") { Description = "Print for machines." };
}
