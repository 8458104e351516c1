using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CrankMailer.Mail.Compose;
using CrankMailer.Model.Tokens;
using CrankMailer.Scriban.Personal;

namespace CrankMailer.Delivery.Compose;

/// <summary>The values of one recipient, for the plan's holes and for the personal names. One object a connection, filled anew for each message.</summary>
internal sealed class RecipientValues(HolePlan holes, MailLinks links, TokenRing ring) : IHoleValues, IPersonalValues
{
    private const string AttributePrefix = "subscriber.attributes.";
    private Recipient _to = new(0, 0, 0, 0, "", null, null, null, "{}");
    private Dictionary<string, PersonalValue>? _attributes;
    private string? _campaign;

    public void For(Recipient to) => (_to, _attributes, _campaign) = (to, null, null);

    public void Write(int hole, IBufferWriter<byte> utf8)
    {
        if (hole == HolePlan.UnsubscribeToken) WriteToken(TokenPurpose.Unsubscribe, Unsubscribe, utf8);
        else if (hole == HolePlan.BounceToken) WriteToken(TokenPurpose.Bounce, Delivery, utf8);
        else holes.Holes[hole - HolePlan.FirstOfTexts].Write(this, utf8);
    }

    public bool IsTrue(int condition) => holes.Conditions[condition].IsTrue(this);

    public PersonalValue Find(string path) => path switch
    {
        "subscriber.email" => PersonalValue.Of(_to.Address),
        "subscriber.name" => PersonalValue.Of(_to.Name),
        "subscriber.first_name" => PersonalValue.Of(_to.FirstName),
        "subscriber.last_name" => PersonalValue.Of(_to.LastName),
        "campaign.id" => PersonalValue.Of(_campaign ??= _to.CampaignId.ToString(CultureInfo.InvariantCulture)),
        "links.unsubscribe" => Link("/u/", TokenPurpose.Unsubscribe, Unsubscribe),
        "links.preferences" => Link("/preferences/", TokenPurpose.Preferences, new TokenIds(_to.PublicationId, _to.SubscriberId)),
        "links.view_online" => Link("/view/", TokenPurpose.ViewOnline, Delivery),
        "links.archive" => PersonalValue.Of(links.BodyArchive),
        _ => path.StartsWith(AttributePrefix, StringComparison.Ordinal) ? Attribute(path[AttributePrefix.Length..]) : PersonalValue.None,
    };

    private TokenIds Unsubscribe => new(_to.PublicationId, _to.SubscriberId, _to.CampaignId);

    private TokenIds Delivery => new(_to.CampaignId, _to.DeliveryId);

    private PersonalValue Link(string path, TokenPurpose purpose, TokenIds ids)
    {
        Span<byte> token = stackalloc byte[TokenRing.MaxLength];
        return PersonalValue.Of($"{links.BodyRoot}{path}{Encoding.ASCII.GetString(token[..ring.Write(purpose, ids, token)])}");
    }

    private void WriteToken(TokenPurpose purpose, TokenIds ids, IBufferWriter<byte> utf8) =>
        utf8.Advance(ring.Write(purpose, ids, utf8.GetSpan(TokenRing.MaxLength)[..TokenRing.MaxLength]));

    private PersonalValue Attribute(string name)
    {
        _attributes ??= ReadAttributes(_to.Attributes);
        return _attributes.GetValueOrDefault(name);
    }

    private static Dictionary<string, PersonalValue> ReadAttributes(string json)
    {
        var values = new Dictionary<string, PersonalValue>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return values;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                values[property.Name] = property.Value.ValueKind switch
                {
                    JsonValueKind.String => PersonalValue.Of(property.Value.GetString()),
                    JsonValueKind.True => PersonalValue.Of(true),
                    JsonValueKind.False => PersonalValue.Of(false),
                    JsonValueKind.Number => PersonalValue.Of(property.Value.GetRawText()),
                    _ => PersonalValue.None,
                };
            }
        }
        catch (JsonException)
        {
            // An import of long ago may have stored what is no JSON: an unknown attribute is empty at send time (design §4), and so is this.
        }
        return values;
    }
}
