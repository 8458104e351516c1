using CrankMailer.Model;

namespace CrankMailer.Rendering.Mails;

/// <summary>A system mail, ready to be composed: nothing personal is left open in it.</summary>
public sealed record RenderedMail(string Subject, string Html, string Text);
