using CrankMailer.Mjml;

namespace CrankMailer.Tests.Mjml;

public sealed class IncludeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mjml-include").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public void A_fragment_stands_where_it_is_included()
    {
        Write("theme/parts/footer.mjml", "<mj-text>footer</mj-text><!-- c -->");
        Assert.Contains(">footer</div>", Render(A.Column("<mj-include path=\"./parts/footer.mjml\" />")).Html);
    }

    [Fact]
    public void A_whole_document_gives_its_body_here_and_its_head_to_ours()
    {
        Write("theme/part.mjml", "<mjml><mj-head><mj-attributes><mj-text color=\"blue\" /></mj-attributes></mj-head><mj-body><mj-section><mj-column><mj-text>part</mj-text></mj-column></mj-section></mj-body></mjml>");
        var html = Render("<mjml><mj-body><mj-include path=\"part.mjml\" /></mj-body></mjml>").Html;
        Assert.Contains("color:blue;\">part</div>", html);
    }

    [Fact]
    public void Css_goes_to_the_head_or_inline_and_html_stays_as_it_is()
    {
        Write("theme/a.css", ".a { color: green; }");
        Write("theme/b.css", "b { color: red; }");
        Write("theme/c.html", "<b>{{ x }}</b>");
        var html = Render("<mjml><mj-body><mj-include path=\"a.css\" type=\"css\" /><mj-include path=\"b.css\" type=\"css\" css-inline=\"inline\" /><mj-include path=\"c.html\" type=\"html\" /></mj-body></mjml>").Html;
        Assert.Contains(".a { color: green; }", html);
        Assert.Contains("<b style=\"color: red;\">{{ x }}</b>", html);
    }

    [Fact]
    public void An_included_file_includes_relative_to_itself()
    {
        Write("theme/parts/a.mjml", "<mj-include path=\"b.mjml\" />");
        Write("theme/parts/b.mjml", "<mj-text>inner</mj-text>");
        Assert.Contains(">inner</div>", Render(A.Column("<mj-include path=\"parts/a.mjml\" />")).Html);
    }

    [Theory]
    [InlineData("../secret.mjml")]
    [InlineData("parts/../../secret.mjml")]
    [InlineData("/etc/hostname")]
    [InlineData("link.mjml")]
    [InlineData("linked/secret.mjml")]
    [InlineData("none.mjml")]
    [InlineData("..\\secret.mjml")]
    [InlineData("")]
    public void Nothing_outside_the_folder_is_read(string path)
    {
        Write("secret.mjml", "<mj-text>secret</mj-text>");
        Write("theme/parts/x.mjml", "");
        File.CreateSymbolicLink(Path.Combine(folder, "theme/link.mjml"), Path.Combine(folder, "secret.mjml"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "theme/linked"), folder);
        var result = Render(A.Column($"<mj-include path=\"{path}\" />"));
        Assert.DoesNotContain("secret<", result.Html);
        Assert.Equal("mj-include", Assert.Single(result.Problems).Tag);
    }

    [Fact]
    public void A_problem_in_an_included_file_names_that_file()
    {
        Write("theme/parts/bad.mjml", "\n<mj-text foo=\"1\">x</mj-text>");
        var problem = Assert.Single(Render(A.Column("<mj-include path=\"parts/bad.mjml\" />")).Problems);
        Assert.Equal("parts/bad.mjml(2,1): error: Attribute foo is illegal (in mj-text)", problem.ToString());
    }

    [Fact]
    public void Files_that_include_themselves_end()
    {
        Write("theme/self.mjml", "<mj-raw>x</mj-raw><mj-include path=\"self.mjml\" /><mj-include path=\"self.mjml\" />");
        Assert.NotEmpty(Render("<mjml><mj-body><mj-include path=\"self.mjml\" /></mj-body></mjml>").Problems);
    }

    [Fact]
    public void Without_a_folder_nothing_is_included_and_that_is_said()
    {
        var problem = Assert.Single(MjmlCompiler.Compile(A.Column("<mj-include path=\"a.mjml\" />"), MjmlOptions.Default).Problems);
        Assert.Equal(MjmlSeverity.Warning, problem.Severity);
    }

    private MjmlResult Render(string mjml) =>
        MjmlCompiler.Compile(mjml, MjmlOptions.Default with { Files = new MjmlFolder(Path.Combine(folder, "theme")) });

    private void Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
        File.WriteAllText(file, text);
    }
}
