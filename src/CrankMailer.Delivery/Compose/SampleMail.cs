using System.Security.Cryptography;
using CrankMailer.Mail.Compose;
using CrankMailer.Model.Issues;
using CrankMailer.Model.Publications;
using CrankMailer.Model.Tokens;

namespace CrankMailer.Delivery.Compose;

/// <summary>One message of an edition that lies in no database: for <c>issue render</c>. Unsigned, and its links lead to nobody.</summary>
public static class SampleMail
{
    /// <exception cref="Model.ProblemException">A text of the edition does not compile.</exception>
    /// <exception cref="ArgumentException">A header value may not be sent, such as a sender that is no address.</exception>
    public static byte[] Write(Edition edition, PublicationRow publication, Recipient to, DeliveryOptions options, DateTimeOffset now)
    {
        var ring = new TokenRing(new Dictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(32) }, 1);
        var composer = CampaignComposer.Compile(edition, publication, new CampaignMark(0, "sample", now), ring, [], options);
        using var buffer = new MessageBuffer();
        return composer.Compose(buffer, composer.NewValues(), to, now, out var problem)?.Message.ToArray() ?? throw new ArgumentException(problem);
    }
}
