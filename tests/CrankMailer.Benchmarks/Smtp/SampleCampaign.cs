using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrankMailer.Delivery;
using CrankMailer.Delivery.Compose;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Model.Documents;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;

namespace CrankMailer.Benchmarks.Smtp;

/// <summary>A campaign whose messages have a given size and 30 holes, compiled as Delivery compiles it: names and addresses in the text, three links with tokens, and
/// the headers every campaign has.</summary>
internal sealed class SampleCampaign
{
    public const int Holes = 30;

    private const string Domain = "news.example.test";
    private const string Selector = "cm1";
    private const string Name = "Zoë Okonkwo-Brandt #";
    private static readonly string[] Names = ["subscriber.first_name", "subscriber.name", "subscriber.email", "campaign.id"];
    private static readonly string[] Links = ["links.view_online", "links.preferences", "links.unsubscribe"];

    /// <summary>The rest are 25 in the HTML and one in the subject.</summary>
    private const int HolesOfText = 4;

    private readonly Edition _edition;
    private readonly DkimKey? _key;

    private SampleCampaign(Edition edition, DkimKey? key)
    {
        _edition = edition;
        _key = key;
        IReadOnlyList<DkimSigner> signers = key is null ? [] : [new DkimSigner(Domain, Selector, key)];
        var ring = new TokenRing(new Dictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(32) }, 1);
        Composer = CampaignComposer.Compile(edition, Row, new CampaignMark(7, "weekly", DateTimeOffset.UnixEpoch), ring, signers, new DeliveryOptions());
        using var buffer = new MessageBuffer();
        Octets = Compose(buffer, Composer.NewValues(), 1_000).Message.Length;
    }

    public CampaignComposer Composer { get; }

    /// <summary>Of one message.</summary>
    public int Octets { get; }

    private static PublicationRow Row => new()
    {
        Id = 1, Slug = "harbor-brief", FeedbackSenderId = "harborbr", CreatedAt = DateTimeOffset.UnixEpoch,
        Document = new Publication
        {
            Slug = "harbor-brief", Name = "Harbor Brief", Lang = "en", PublicUrl = $"https://{Domain}",
            Sender = new Sender { Name = "Harbor Brief", Email = $"brief@{Domain}" },
            Organisation = new Organisation { Name = "Harbor Institute", PostalAddress = ["1 Pier Road", "Port Example"], Contact = $"office@{Domain}" },
        },
    };

    /// <summary>Fills the edition up until an unsigned message has the size asked for.</summary>
    public static SampleCampaign Make(int octets, bool signed)
    {
        var filler = 0;
        SampleCampaign campaign;
        do
        {
            campaign = new SampleCampaign(MakeEdition(filler), null);
            filler += octets - campaign.Octets;
        }
        while (filler > 0 && Math.Abs(octets - campaign.Octets) > octets / 50);
        return signed ? new SampleCampaign(campaign._edition, DkimKey.Generate(DkimAlgorithm.RsaSha256)) : campaign;
    }

    public ComposedMail Compose(MessageBuffer buffer, RecipientValues values, int number)
    {
        var who = number.ToString(CultureInfo.InvariantCulture);
        var to = new Recipient(1, 7, number, number, $"reader-{who}@example.org", Name.Replace("#", who, StringComparison.Ordinal), "Zoë", "Okonkwo-Brandt", "{}");
        return Composer.Compose(buffer, values, to, TimeProvider.System.GetUtcNow(), out var problem) ?? throw new InvalidOperationException(problem);
    }

    /// <summary>The same for a sender in another language; # in a value is the reader's number.</summary>
    public string ToJson()
    {
        const string token = "aeaqcbyiq3vkzr5hmmfx2u7w6pdl4nto#";
        return JsonSerializer.Serialize(new
        {
            subject = _edition.Subject, text = _edition.Text, html = _edition.Html, from = $"\"{_edition.FromName}\" <{_edition.FromEmail}>", domain = Domain, selector = Selector, key = _key?.ToPem(),
            headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click", ["List-ID"] = $"\"Harbor Brief\" <harbor-brief.{Domain}>", ["List-Help"] = $"<https://{Domain}>",
                ["List-Archive"] = $"<https://{Domain}/archive>", ["List-Owner"] = $"<mailto:office@{Domain}>", ["Feedback-ID"] = "c7:weekly:harbor-brief:harborbr",
                ["Precedence"] = "bulk", ["X-Auto-Response-Suppress"] = "OOF, AutoReply", ["X-Campaign"] = "c7",
            },
            values = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["subscriber.first_name"] = "Zoë", ["subscriber.name"] = Name, ["subscriber.email"] = "reader-#@example.org", ["campaign.id"] = "7",
                ["links.view_online"] = $"https://{Domain}/view/{token}", ["links.preferences"] = $"https://{Domain}/preferences/{token}", ["links.unsubscribe"] = $"https://{Domain}/u/{token}",
            },
        });
    }

    private static Edition MakeEdition(int filler) => new()
    {
        Id = 1, PublicationId = 1, IssueId = 1, Revision = 1, Subject = "Ports, cables and a quiet summit, {{ subscriber.first_name }}", Preheader = "Three straits",
        Html = MakeHtml(filler), Text = "Harbor Brief\n\nHello {{ subscriber.name }},\n\n.A line with a dot, and a café.\n\n"
            + string.Concat(Links.Select(link => $"See {{{{ {link} }}}}\n")) + "Harbor Institute, 1 Pier Road, Port Example\n",
        FromName = "Harbor Brief", FromEmail = $"brief@{Domain}", PostalAddress = "1 Pier Road, Port Example", ThemeName = "classic", ThemeHash = "0", Hash = "first",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static string MakeHtml(int filler)
    {
        const string line = "<p style=\"margin:0\">The harbour office counted more boats than ever; a café opened.</p>\n";
        const int holes = Holes - HolesOfText - 1;
        var lines = filler / line.Length;
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><body>\n");
        for (var hole = 0; hole < holes; hole++)
        {
            var link = hole - (holes - Links.Length);
            html.Append(link < 0 ? $"<p>Dear {{{{ {Names[hole % Names.Length]} }}}},</p>\n" : $"<p><a href=\"{{{{ {Links[link]} }}}}\">See</a></p>\n");
            html.Insert(html.Length, line, (hole + 1) * lines / holes - hole * lines / holes);
        }
        return html.Append("</body></html>\n").ToString();
    }
}
