using System.Collections.Frozen;

namespace CrankMailer.Mjml.Components;

/// <summary>The networks mj-social-element knows by name, with the colour and picture of their button.</summary>
internal static class SocialNetworks
{
    private const string Icons = "https://www.mailjet.com/images/theme/v1/icons/ico-social/";
    private const string NoShare = "-noshare";
    private const string Url = "[[URL]]";

    private static readonly FrozenDictionary<string, SocialNetwork> Known = new SocialNetwork[]
    {
        new("facebook", "#3b5998", "facebook", "https://www.facebook.com/sharer/sharer.php?u=" + Url),
        new("twitter", "#55acee", "twitter", "https://twitter.com/intent/tweet?url=" + Url),
        new("x", "#000000", "twitter-x", "https://twitter.com/intent/tweet?url=" + Url),
        new("google", "#dc4e41", "google-plus", "https://plus.google.com/share?url=" + Url),
        new("pinterest", "#bd081c", "pinterest", $"https://pinterest.com/pin/create/button/?url={Url}&media=&description="),
        new("linkedin", "#0077b5", "linkedin", $"https://www.linkedin.com/shareArticle?mini=true&url={Url}&title=&summary=&source="),
        new("tumblr", "#344356", "tumblr", "https://www.tumblr.com/widgets/share/tool?canonicalUrl=" + Url),
        new("xing", "#296366", "xing", "https://www.xing.com/app/user?op=share&url=" + Url),
        new("instagram", "#3f729b", "instagram", Url),
        new("web", "#4BADE9", "web", Url),
        new("snapchat", "#FFFA54", "snapchat", Url),
        new("youtube", "#EB3323", "youtube", Url),
        new("github", "#000000", "github", Url),
        new("vimeo", "#53B4E7", "vimeo", Url),
        new("medium", "#000000", "medium", Url),
        new("soundcloud", "#EF7F31", "soundcloud", Url),
        new("dribbble", "#D95988", "dribbble", Url),
    }.ToFrozenDictionary(n => n.Name);

    /// <summary>The network of that name; <c>facebook-noshare</c> links to the address itself, not to a form that shares it.</summary>
    public static SocialNetwork? Find(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var plain = name.EndsWith(NoShare, StringComparison.Ordinal);
        return Known.TryGetValue(plain ? name[..^NoShare.Length] : name, out var network)
            ? plain ? network with { Share = Url } : network
            : null;
    }

    /// <param name="Share">Address of the form that shares <c>[[URL]]</c>.</param>
    internal sealed record SocialNetwork(string Name, string Color, string Icon, string Share)
    {
        public string Picture => $"{Icons}{Icon}.png";

        public string Link(string href) => Share.Replace(Url, href, StringComparison.Ordinal);
    }
}
