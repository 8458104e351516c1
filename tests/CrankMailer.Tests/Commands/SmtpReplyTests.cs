using CrankMailer.Commands;
using CrankMailer.Model;
using CrankMailer.Tests.Mail;

namespace CrankMailer.Tests.Commands;

public sealed class SmtpReplyTests
{
    [Fact]
    public void The_shared_corpus_is_read_as_it_is_and_classed_as_it_says()
    {
        var file = Corpora.Get("smtp-replies.tsv");
        var table = ReplyTable.Read(new InputText(file, File.ReadAllText(file)));
        var expected = File.ReadAllLines(file).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.Empty(table.Problems);
        Assert.True(expected.Count > 100);
        Assert.Equal(expected.Select(row => (row[2], row[3], row[4])), table.Rows.Select(SmtpReplyCommand.Classify).Select(row => (row.Reply, row.Class!, row.Reaction!)));
    }

    [Theory]
    [InlineData("receiver\tphase\treply\ngoogle\trcpt\t550 5.1.1 no such user\n")]
    [InlineData("\uFEFFreceiver\tphase\treply (\\n = next line)\tclass\r\ngoogle\trcpt\t550-5.1.1 no\\n550 5.1.1 such user\thard\r\n")]
    [InlineData("# a list\n\nreply\treceiver\n550 5.1.1 no such user\tgoogle\n")]
    [InlineData("google\trcpt\t550 5.1.1 no such user")]
    [InlineData("Reply\n550 5.1.1 no such user\n\n")]
    [InlineData("receiver\tphase\treply\ngmail.com\tRCPT TO\t550 5.1.1 no such user")]
    public void A_table_may_name_its_columns_or_not(string text)
    {
        var table = ReplyTable.Read(new InputText("mine.tsv", text));
        Assert.Empty(table.Problems);
        Assert.Equal("hard", SmtpReplyCommand.Classify(Assert.Single(table.Rows)).Class);
    }

    [Theory]
    [InlineData("", "mine.tsv(1,1): error: there are no rows in it")]
    [InlineData("name\tvalue\nx\ty\n", "mine.tsv(1,1): error: the first line must name the columns")]
    [InlineData("receiver\tphase\treply\ngoogle\trcpt\thello\n", "mine.tsv(2,13): error: this is no SMTP reply: 'hello'")]
    [InlineData("receiver\tphase\treply\n\ngoogle\n", "mine.tsv(3,8): error: the row has 1 columns, and the reply is in column 3")]
    [InlineData("receiver\tphase\treply\ngoogle\tmoon\t550 no\n", "mine.tsv(2,8): warning: the phase 'moon' is not known")]
    [InlineData("receiver\tphase\treply\ngoogle\t5\t550 no\n", "mine.tsv(2,8): warning: the phase '5' is not known")]
    public void What_is_wrong_is_said_with_its_place(string text, string problem) =>
        Assert.StartsWith(problem, Assert.Single(ReplyTable.Read(new InputText("mine.tsv", text)).Problems).ToString());

    [Fact]
    public void A_row_that_cannot_be_read_has_its_line_too()
    {
        var table = ReplyTable.Read(new InputText("mine.tsv", "reply\n550 no\nhello\n250 ok\n"));
        Assert.Equal([null, "hello", null], table.Rows.Select(SmtpReplyCommand.Classify).Select(row => row.Error is null ? null : row.Reply));
        Assert.Equal(Severity.Error, Assert.Single(table.Problems).Severity);
    }

    [Theory]
    [InlineData("microsoft")]
    [InlineData("Outlook.com")]
    [InlineData("inbox-example.mail.protection.outlook.com")]
    public void A_receiver_is_known_by_name_by_domain_and_by_its_MX(string receiver) =>
        Assert.Equal("relay", SmtpReplyCommand.Classify(new ReplyRow(receiver, "rcpt", "550 5.7.64 TenantAttribution; Relay Access Denied")).Class);

    [Fact]
    public void The_time_a_reply_names_is_told() => Assert.Equal(450, SmtpReplyCommand.Classify(new ReplyRow(null, null, "451 Greylisted, come back in 00:07:30")).RetryAfterSeconds);
}
