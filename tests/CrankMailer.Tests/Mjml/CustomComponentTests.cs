using CrankMailer.Mjml;
using CrankMailer.Mjml.Components;

namespace CrankMailer.Tests.Mjml;

public sealed class CustomComponentTests
{
    private static readonly MjmlOptions WithQuote = MjmlOptions.Default with { Components = MjmlComponents.Standard.With(new MjQuote()) };

    [Fact]
    public void One_file_and_one_registration_make_a_new_element()
    {
        var result = MjmlCompiler.Compile(
            A.Column("<mj-quote by=\"Anna\" border-left=\"3px solid red\" padding-top=\"0\" css-class=\"q\">Ships are safe in <b>harbour</b>.</mj-quote>"), WithQuote);
        Assert.Empty(result.Problems);
        Assert.Contains("class=\"q\" style=\"font-size:0px;padding:10px 25px;padding-top:0;", result.Html);
        Assert.Contains("<blockquote style=\"border:none;border-left:3px solid red;color:#555555;\">Ships are safe in <b>harbour</b>.<cite title=\"Anna\">Anna</cite></blockquote>", result.Html);
        Assert.Contains("blockquote { margin: 0; }", result.Html);
    }

    [Fact]
    public void It_is_validated_and_takes_defaults_like_any_other()
    {
        var mjml = A.Column("<mj-quote colour=\"red\">x</mj-quote>", "<mj-attributes><mj-quote color=\"#123456\" /></mj-attributes>");
        var result = MjmlCompiler.Compile(mjml, WithQuote);
        Assert.Equal("Attribute colour is illegal", Assert.Single(result.Problems).Message);
        Assert.Contains("color:#123456", result.Html);
    }

    [Fact]
    public void Elsewhere_it_stays_unknown() =>
        Assert.Equal(
            "Element mj-quote doesn't exist or is not registered",
            Assert.Single(MjmlCompiler.Compile(A.Column("<mj-quote>x</mj-quote>"), MjmlOptions.Default).Problems).Message);
}
