using CrankMailer.Model.Audience;

namespace CrankMailer.Demo;

/// <summary>Invented readers for the demonstration: always the same ones, in every state a real list has.</summary>
internal static class DemoPeople
{
    private static readonly string[] First =
    [
        "Ansel", "Beatriz", "Chiyo", "Dmitri", "Élodie", "Farid", "Greta", "Håkon", "Ines", "Jón", "Katarzyna", "Lúcio", "Mireille", "Nobuhle", "Oisín",
        "Paloma", "Quentin", "Rosa", "Søren", "Tamsin", "Ulrike", "Vasco", "Wilhelmina", "Xóchitl", "Yusuf", "Zdeněk", "Adaeze", "Bartosz", "Cosima", "Daoud",
    ];

    private static readonly string[] Last =
    [
        "Abernathy", "Brännström", "Castelão", "D’Arcy", "Eldskær", "Ferreira-Lund", "Grünwald", "Halvorsen", "Itō", "Järvinen", "Kowalczyk", "Lanterman",
        "MacAlister", "Nakamura", "O’Shea", "Pérez Quiroga", "Quill", "Rasmussen", "Søndergaard", "Tintoré", "Ueland", "van der Meer", "Wójcik", "Yıldız", "Žižka",
    ];

    private static readonly string[] Domains =
        ["mail.example", "harbourpost.example", "oskerry.example", "vell-letters.example", "quayside.example", "sund.example", "postkasten.example"];

    private static readonly string?[] Languages = [null, null, null, "en", "de", "fr", "ru", "es"];

    public static IEnumerable<DemoPerson> Make(int count)
    {
        var random = new Random(20_261_121); // always the same people, so that what is shown of the demonstration can be compared
        for (var i = 0; i < count; i++)
        {
            var first = First[random.Next(First.Length)];
            var last = Last[random.Next(Last.Length)];
            var address = $"{Plain(first)}.{Plain(last)}{(i < 40 ? "" : i)}@{Domains[random.Next(Domains.Length)]}";
            yield return new DemoPerson(
                i < 40 ? $"{Plain(first)}.{Plain(last)}.{i}@{Domains[i % Domains.Length]}" : address,
                first, last, Languages[random.Next(Languages.Length)],
                Monthly: StateOf(random.NextDouble()), Notices: random.NextDouble() < 0.35 ? StateOf(random.NextDouble()) : null,
                Suppressed: i % 83 == 82 ? SuppressionReason.HardBounce : i % 121 == 120 ? SuppressionReason.Complaint : null,
                JoinedDaysAgo: random.Next(5, 900));
        }
    }

    private static SubscriptionState StateOf(double dice) => dice switch
    {
        < 0.90 => SubscriptionState.Active,
        < 0.94 => SubscriptionState.Unsubscribed,
        < 0.98 => SubscriptionState.Pending,
        _ => SubscriptionState.Paused,
    };

    private static string Plain(string name)
    {
        var letters = name.Normalize(System.Text.NormalizationForm.FormD).Where(char.IsAsciiLetter).ToArray();
        return new string(letters).ToLowerInvariant();
    }
}

/// <param name="Notices">Null: not on the second list.</param>
internal sealed record DemoPerson(
    string Email, string FirstName, string LastName, string? Lang, SubscriptionState Monthly, SubscriptionState? Notices, SuppressionReason? Suppressed, int JoinedDaysAgo);
