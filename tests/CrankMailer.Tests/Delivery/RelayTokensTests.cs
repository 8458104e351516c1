using System.Net;
using System.Text;
using CrankMailer.Delivery.Relays;
using CrankMailer.Mail.Smtp;
using CrankMailer.Tests.Databases;

namespace CrankMailer.Tests.Delivery;

public sealed class RelayTokensTests
{
    private static readonly TokenGrant Grant = new(new Uri("https://login.example.test/token"), "client 1", "s3cret", "refresh/1", "https://mail.example.test/.default");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_asked_for_once_and_again_when_it_ends()
    {
        var clock = new FakeClock();
        using var authority = new Authority(n => (HttpStatusCode.OK, $$"""{"access_token":"t{{n}}","expires_in":3600,"token_type":"Bearer"}"""));
        var tokens = new RelayTokens(authority.Client, Grant, clock);
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tokens.GetAsync(false, Ct).AsTask()));
        Assert.All(first, token => Assert.Equal("t1", Assert.IsType<BearerToken.Given>(token).Value));
        Assert.Equal("grant_type=refresh_token&client_id=client+1&refresh_token=refresh%2F1&client_secret=s3cret&scope=https%3A%2F%2Fmail.example.test%2F.default", Assert.Single(authority.Asked));
        clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal("t1", await TakeAsync(tokens, false));
        clock.Advance(TimeSpan.FromMinutes(1.5)); // its last minute
        Assert.Equal("t2", await TakeAsync(tokens, false));
        Assert.DoesNotContain("s3cret", Grant.ToString());
        Assert.DoesNotContain("t2", new BearerToken.Given("t2").ToString());
    }

    [Fact]
    public async Task A_token_the_server_does_not_take_is_replaced()
    {
        using var authority = new Authority(n => (HttpStatusCode.OK, $$"""{"access_token":"t{{n}}","expires_in":3600}"""));
        var tokens = new RelayTokens(authority.Client, Grant with { RefreshToken = null, Scope = null }, new FakeClock());
        Assert.Equal("t1", await TakeAsync(tokens, false));
        Assert.Equal("t2", await TakeAsync(tokens, true));
        Assert.Equal("t2", await TakeAsync(tokens, false));
        Assert.StartsWith("grant_type=client_credentials&", authority.Asked[0]);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Token has been revoked."}""", "login.example.test says 400 invalid_grant: Token has been revoked.")]
    [InlineData(401, """{"error":"invalid_client"}""", "login.example.test says 401 invalid_client")]
    [InlineData(404, "<html>", "login.example.test says 404")]
    public async Task What_only_a_person_can_mend_is_a_refusal(int status, string answer, string why)
    {
        using var authority = new Authority(_ => ((HttpStatusCode)status, answer));
        Assert.Equal(why, Assert.IsType<BearerToken.Refused>(await new RelayTokens(authority.Client, Grant, TimeProvider.System).GetAsync(false, Ct)).Why);
    }

    [Theory]
    [InlineData(503, "<html>busy</html>")]
    [InlineData(429, """{"error":"slow_down"}""")]
    [InlineData(200, "<html>sign in to the hotel's network</html>")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"access_token":7}""")]
    [InlineData(302, "")]
    public async Task What_passes_by_itself_is_none(int status, string answer)
    {
        using var authority = new Authority(_ => ((HttpStatusCode)status, answer));
        Assert.IsType<BearerToken.Unavailable>(await new RelayTokens(authority.Client, Grant, TimeProvider.System).GetAsync(false, Ct));
    }

    [Fact]
    public async Task Nobody_there_is_data_and_a_cancellation_is_not()
    {
        using var authority = new Authority(_ => throw new HttpRequestException("refused"));
        Assert.Contains("does not answer", Assert.IsType<BearerToken.Unavailable>(await new RelayTokens(authority.Client, Grant, TimeProvider.System).GetAsync(false, Ct)).Why);
        using var late = new Authority(_ => throw new TaskCanceledException());
        Assert.Contains("in time", Assert.IsType<BearerToken.Unavailable>(await new RelayTokens(late.Client, Grant, TimeProvider.System).GetAsync(false, Ct)).Why);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new RelayTokens(late.Client, Grant, TimeProvider.System).GetAsync(false, new CancellationToken(canceled: true)));
    }

    private static async Task<string> TakeAsync(RelayTokens tokens, bool fresh) => Assert.IsType<BearerToken.Given>(await tokens.GetAsync(fresh, Ct)).Value;

    /// <summary>Answers by the number of the question.</summary>
    private sealed class Authority : HttpMessageHandler
    {
        private readonly Func<int, (HttpStatusCode, string)> _answer;

        public Authority(Func<int, (HttpStatusCode, string)> answer)
        {
            _answer = answer;
            Client = new HttpClient(this);
        }

        public HttpClient Client { get; }

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            var (status, text) = _answer(Asked.Count);
            return new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        }
    }
}
