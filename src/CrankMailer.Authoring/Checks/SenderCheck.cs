using CrankMailer.Authoring.Yaml;
using CrankMailer.Model;

namespace CrankMailer.Authoring.Checks;

/// <summary>What a publication must have before anything of it is sent (R12, R163).</summary>
internal sealed class SenderCheck : IssueCheck
{
    public override IEnumerable<Problem> Run(CheckInput input)
    {
        var publication = input.Publication;
        if (string.IsNullOrWhiteSpace(publication.Sender.Email)) yield return Error("no-sender", "publication.sender.email", "The publication has no sender address: set sender.email in its settings or in publication.yaml.");
        if (string.IsNullOrWhiteSpace(publication.Sender.Name)) yield return Warning("no-sender-name", "publication.sender.name", "The publication's sender has no name: inboxes would show the bare address.");
        if (publication.Organisation.PostalAddress.All(string.IsNullOrWhiteSpace))
            yield return Error("no-postal-address", "publication.organisation.postal_address", "The publication has no postal address, which the law requires in every mail: set organisation.postal_address.");
        if (string.IsNullOrWhiteSpace(publication.PublicUrl))
            yield return Error("no-public-url", "publication.public_url", "The publication has no public address, so unsubscribe links would lead nowhere: set public_url, such as https://news.example.org.");
        if (string.IsNullOrWhiteSpace(publication.Why)) yield return Warning("no-why", "publication.why", "The footer will not say why readers get this mail: set why, one sentence.");
        foreach (var problem in PublicationRules.Check(publication)) yield return problem with { Item = $"publication.{problem.Item}" };
    }
}
