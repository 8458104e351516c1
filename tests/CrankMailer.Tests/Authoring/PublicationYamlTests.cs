using CrankMailer.Authoring.Yaml;
using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Tests.Authoring;

public sealed class PublicationYamlTests
{
    private const string Whole = """
        slug: harbor-brief
        name: Harbor Brief
        tagline: "Ports, cables, people"
        lang: en
        time_zone: Europe/Tallinn
        public_url: "https://news.harbor.example"
        sender:
          name: Harbor Brief
          email: news@harbor.example
          reply_to: editors@harbor.example
        organisation:
          name: Harbor Society
          postal_address:
            - "1 Quay Street"
            - Ostrava-on-Sea 10200
          website: "https://harbor.example"
          contact: office@harbor.example
        copyright: "© {year} Harbor Society"
        social:
          - { network: mastodon, url: "https://social.example/@harbor" }
        why: You signed up on harbor.example.
        title: "Harbor Brief | {month} {year}"
        intro: |-
          First paragraph.

          Second one.
        masthead:
          - { role: Editor-in-Chief, name: Anna Vesterby }
        skeleton:
          - { kind: stories, heading: "{month} {year} Highlights" }
          - { kind: briefs }
        theme:
          name: classic
          settings: { accent: "#004466" }

        """;

    [Fact]
    public void The_file_is_read_whole_and_written_back_as_it_was()
    {
        var (publication, problems) = PublicationYaml.Read(Whole, "publication.yaml");
        Assert.Empty(problems);
        Assert.Equal(("Europe/Tallinn", "First paragraph.\n\nSecond one.", "#004466"), (publication!.TimeZone, publication.Intro, publication.Theme.Settings["accent"]));
        Assert.Equal(Whole, PublicationYaml.Write(publication));
    }

    [Fact]
    public void A_publication_made_in_code_survives_its_file()
    {
        var publication = A.Publication() with { Intro = " leading blank\n\n\ttab\n", Why = "a: b # c", Tagline = "true", Masthead = [new MastheadEntry { Role = "x", Name = "“y”" }] };
        var (read, problems) = PublicationYaml.Read(PublicationYaml.Write(publication), "publication.yaml");
        Assert.Empty(problems);
        Assert.Equal(PublicationYaml.Write(publication), PublicationYaml.Write(read!));
        Assert.Equal(publication.Intro, read!.Intro);
    }

    [Theory]
    [InlineData("name: x", "publication.yaml(1,1): error: ", "slug is missing")]
    [InlineData("slug: abc", "publication.yaml(1,1): error: ", "name is missing")]
    [InlineData("name: x\nslug: Abc", "publication.yaml(2,7): error: ", "lower-case")]
    [InlineData("name: x\nslug: editor", "publication.yaml(2,7): error: ", "another slug")]
    [InlineData("name: x\nslug: u", "publication.yaml(2,7): error: ", "another slug")]
    [InlineData("name: x\nslug: a\nlang: English!", "publication.yaml(3,7): error: ", "language tag")]
    [InlineData("name: x\nslug: a\ntime_zone: Mars/Olympus", "publication.yaml(3,12): error: ", "time zone")]
    [InlineData("name: x\nslug: a\npublic_url: https://x.example/", "publication.yaml(3,13): error: ", "no slash")]
    [InlineData("name: x\nslug: a\npublic_url: http://x.example", "publication.yaml(3,13): error: ", "https://")]
    [InlineData("name: x\nslug: a\nsender:\n  email: nobody", "publication.yaml(4,10): error: ", "e-mail address")]
    [InlineData("name: x\nslug: a\nsocial:\n  - { network: m, url: ftp://x }", "publication.yaml(4,24): error: ", "https://")]
    [InlineData("name: x\nslug: a\nskeleton: [{ kind: stores }]", "publication.yaml(3,20): error: ", "no kind")]
    [InlineData("name: x\nslug: a\nmasthead: {}", "publication.yaml(3,11): error: ", "list is expected")]
    public void A_fault_is_named_with_its_place_and_how_to_mend_it(string yaml, string place, string says)
    {
        var (publication, problems) = PublicationYaml.Read(yaml, "publication.yaml");
        Assert.Null(publication);
        var text = problems.First(p => p.Severity == Severity.Error).ToString();
        Assert.StartsWith(place, text);
        Assert.Contains(says, text);
    }

    [Fact]
    public void Unknown_keys_are_kept_and_warned_of()
    {
        var (publication, problems) = PublicationYaml.Read("slug: a\nname: b\nmood: [calm, 5]\n", "publication.yaml");
        Assert.Equal((Severity.Warning, "unknown-key", 3), (problems[0].Severity, problems[0].Code, problems[0].Line ?? 0));
        Assert.Contains("mood: [calm, 5]", PublicationYaml.Write(publication!));
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("https://example.org/news")]
    public void Our_own_machine_and_a_path_may_be_public_addresses(string url) =>
        Assert.NotNull(PublicationYaml.Read($"slug: a\nname: b\npublic_url: {url}", "p").Publication);
}
