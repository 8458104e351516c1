namespace CrankMailer.Scriban;

/// <summary>
/// A value of the model that counts as literal text of the template: a second phase reads the code in it.
/// Only for fields in which an editor may write such code (design §4); everything else stays a string and becomes inert.
/// </summary>
public sealed record LiveMarkup(string Text);
