using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CrankMailer.Audience;

/// <summary>Settings of sign-up, links and their brakes.</summary>
public sealed class AudienceOptions
{
    public const string Section = "Audience";

    /// <summary>Days a confirmation link works (R155).</summary>
    [Range(1, 30)] public int ConfirmationDays { get; init; } = 7;

    /// <summary>Confirmation mails to one address a day (R161): a stranger who types it must not flood its owner.</summary>
    [Range(1, 10)] public int ConfirmationsPerDay { get; init; } = 2;

    /// <summary>Mails with a fresh preferences link to one address a day.</summary>
    [Range(1, 10)] public int LinksPerDay { get; init; } = 3;

    /// <summary>Days in which an unsubscribe can be undone by the link that did it.</summary>
    [Range(1, 90)] public int UndoDays { get; init; } = 7;

    /// <summary>Seconds under which nobody has read and filled the form: the plain question is asked.</summary>
    [Range(0, 60)] public int FastestFillSeconds { get; init; } = 2;

    /// <summary>Forms from one network (/24, /48) in ten minutes before the plain question is asked. An office or a mobile carrier shares one.</summary>
    [Range(1, 100_000)] public int FormsBeforeQuestion { get; init; } = 10;

    /// <summary>Forms from one network in an hour before it is asked to wait, whatever it answers.</summary>
    [Range(1, 1_000_000)] public int FormsPerHour { get; init; } = 200;

    /// <summary>Version of the consent wording on our pages; kept with every consent (R160).</summary>
    [Required] public string ConsentText { get; init; } = "pages-1";

    /// <summary>Milliseconds from a form's arrival to its answer, so that its speed tells nobody who is known (R162). Longer than the work takes.</summary>
    [Range(0, 5000)] public int AnswerAfterMilliseconds { get; init; } = 200;

    /// <summary>Set by a host in capture mode: system mails made now never go to a real relay (design §3). No setting of a file.</summary>
    [Browsable(false)] public bool Capture { get; set; }
}
