using CrankMailer.Model;
using CrankMailer.Model.Documents;

namespace CrankMailer.Authoring.Drafts;

/// <summary>What became of a draft. Every word of it is either in the issue or named in the report.</summary>
/// <param name="Issue">Null when the draft could not be read at all; then an error says why.</param>
/// <param name="Report">What was guessed, left out, or differs from the publication.</param>
/// <param name="Furniture">What the draft says about the publication itself (name, copyright, address, social networks); null when nothing.</param>
public sealed record ImportedDraft(Issue? Issue, IReadOnlyList<Problem> Report, Publication? Furniture);
