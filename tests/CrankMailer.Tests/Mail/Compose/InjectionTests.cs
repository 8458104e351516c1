using System.Reflection;
using System.Text;
using CrankMailer.Mail.Compose;
using CrankMailer.Mail.Dkim;
using CrankMailer.Mail.Headers;

namespace CrankMailer.Tests.Mail.Compose;

/// <summary>R9: no way of the composing interface lets a line end through into a header. The ways are found by reflection, so that a
/// new one is tried without anybody thinking of it.</summary>
public sealed class InjectionTests
{
    private static readonly string[] Attacks = ["x\r\nBcc: v@x.test", "x\nBcc: v@x.test", "x\rBcc: v@x.test", "x\0Bcc: v@x.test", "x\r\n\r\nBcc: v@x.test", "\r\n Bcc: v@x.test", "é\r\nBcc: v@x.test", "x\u2028Bcc: v@x.test", "x\u0085Bcc: v@x.test"];

    public static TheoryData<string> Ways => [.. typeof(MessagePlanBuilder).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(member => member is MethodInfo { IsSpecialName: false } or PropertyInfo).Select(member => member.ToString() ?? "").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Ways))]
    public void No_way_lets_a_line_end_into_a_header(string way)
    {
        var member = typeof(MessagePlanBuilder).GetMembers().Single(one => one.ToString() == way);
        var tried = 0;
        foreach (var attack in Attacks)
        {
            for (var at = 0; ; at++)
            {
                if (!TryAttack(member, attack, at, out var message)) break;
                tried++;
                if (message is null) continue; // refused
                var mail = StrictMail.Read(message);
                Assert.DoesNotContain(mail.Headers, header => header.Name.Contains("Bcc", StringComparison.OrdinalIgnoreCase));
                Assert.Equal("Hello.", mail.Part("text/plain").Trim());
            }
        }
        // Whoever adds a way of another kind must say here how it is attacked.
        Assert.True(tried > 0 || way.Contains("Build", StringComparison.Ordinal), $"{way} was not attacked");
    }

    /// <summary>Every type that stands for a piece of a header: what it takes it either refuses or cleans.</summary>
    [Fact]
    public void No_type_for_headers_holds_a_line_end()
    {
        var makers = typeof(HeaderValue).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(HeaderValue).Namespace || type == typeof(MediaType) || type == typeof(DkimSigner))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == type).Cast<MethodBase>().Concat(type.GetConstructors()))
            .Where(maker => maker.GetParameters().Any(parameter => parameter.ParameterType == typeof(string))).ToList();
        Assert.True(makers.Count >= 8, string.Join(", ", makers));
        foreach (var maker in makers)
        {
            foreach (var attack in Attacks)
            {
                for (var at = 0; at < maker.GetParameters().Length; at++)
                {
                    if (maker.GetParameters()[at].ParameterType != typeof(string)) continue;
                    var made = Call(maker, null, [.. maker.GetParameters().Select((parameter, n) => n == at ? attack : Innocent(parameter))]);
                    Assert.False(made?.ToString()?.AsSpan().ContainsAny("\r\n\0\u2028\u0085") ?? false, $"{maker.DeclaringType?.Name}.{maker.Name}");
                }
            }
        }
    }

    /// <summary>Header values come in no other way than by those types: no public member takes bare text for one but those that clean or refuse it.</summary>
    [Fact]
    public void Bare_text_is_taken_for_names_only()
    {
        var bare = typeof(MessagePlanBuilder).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .SelectMany(method => method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => $"{method.Name}.{parameter.Name}")).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["Attach.fileName", "Attach.mediaType", "Header.name", "Inline.contentId", "Inline.mediaType", "ListId.id", "ListId.name"], bare);
    }

    [Fact]
    public void A_literal_that_is_no_token_is_refused_when_the_plan_is_built_not_when_it_is_sent()
    {
        foreach (var text in new[] { "<https://x.test/\r\n>", "<https://bücher.example/>", "\t" })
        {
            Assert.Throws<ArgumentException>(() => A.Builder().Header("List-Unsubscribe", [PlanSegment.Text(text), PlanSegment.Value(0)]));
            Assert.Throws<ArgumentException>(() => A.Builder().Header("List-Unsubscribe", [new PlanSegment.Branch(0, [], [PlanSegment.Text(text)])]));
        }
    }

    /// <summary>Calls the member with the attack in its n-th place that takes text.</summary>
    /// <returns>False where there is no such place.</returns>
    private static bool TryAttack(MemberInfo member, string attack, int place, out byte[]? message)
    {
        message = null;
        IReadOnlyList<PlanSegment> attacked = [PlanSegment.Text("a"), PlanSegment.Value(0)];
        if (member is PropertyInfo property)
        {
            if (place > 1) return false;
            IReadOnlyList<PlanSegment> segments = place == 0 ? attacked : [PlanSegment.Text(attack)];
            message = Try(() => property.Name switch
            {
                "From" => new MessagePlanBuilder { From = Mailbox.Create(attack, "a@x.test"), Subject = [], Text = Hello },
                "ReplyTo" => new MessagePlanBuilder { From = Mailbox.Create("a", "a@x.test"), ReplyTo = Mailbox.Create(attack, "a@x.test"), Subject = [], Text = Hello },
                "Subject" => A.Builder(segments),
                "Text" => A.Builder(text: [PlanSegment.Text("Hello.")], html: segments), // a body may hold any text; it must not become a header of a part
                "Html" => A.Builder(html: segments),
                _ => throw new InvalidOperationException($"How is {property.Name} attacked?"),
            }, attack);
            return true;
        }
        var method = (MethodInfo)member;
        var texts = method.GetParameters().Where(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(IReadOnlyList<PlanSegment>)).ToList();
        if (place >= texts.Count) return false;
        message = Try(() =>
        {
            var builder = A.Builder(html: [PlanSegment.Text("<p>")]);
            Call(method, builder, [.. method.GetParameters().Select(parameter => parameter == texts[place] ? parameter.ParameterType == typeof(string) ? attack : attacked : Innocent(parameter))]);
            return builder;
        }, attack);
        return true;
    }

    private static IReadOnlyList<PlanSegment> Hello => [PlanSegment.Text("Hello.")];

    private static object? Innocent(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => parameter.Name switch { "mediaType" => "image/png", "id" or "domain" or "address" or "uri" => parameter.Member.DeclaringType == typeof(EmailAddress) || parameter.Name == "address" ? "a@x.test" : "a.example.test", _ => "X-Test" },
        var type when type == typeof(HeaderValue) => HeaderValue.Create("x"),
        var type when type == typeof(HeaderUri[]) => new[] { HeaderUri.Create("https://x.test/") },
        var type when type == typeof(EmailAddress) => EmailAddress.Create("a@x.test"),
        var type when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(new byte[1]),
        var type when type == typeof(IReadOnlyList<PlanSegment>) => Hello,
        var type when type == typeof(DkimKey) => Key,
        var type => throw new InvalidOperationException($"What is an innocent {type}?"),
    };

    private static readonly DkimKey Key = DkimKey.Generate(DkimAlgorithm.RsaSha256, 1024);

    private static object? Call(MethodBase method, object? target, object?[] arguments)
    {
        try { return method is ConstructorInfo maker ? maker.Invoke(arguments) : method.Invoke(target, arguments); }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException && target is null) { return null; }
        catch (TargetInvocationException e) when (e.InnerException is ArgumentException refused) { throw refused; }
    }

    private static byte[]? Try(Func<MessagePlanBuilder> build, string value)
    {
        try
        {
            using var buffer = new MessageBuffer();
            build().Build().Write(buffer, A.Stamp(), new Values(value), []);
            return buffer.WrittenSpan.ToArray();
        }
        catch (ArgumentException) { return null; }
    }
}
