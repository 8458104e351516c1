namespace CrankMailer.Rendering.Prose;

/// <summary>
/// Shifts the headings of one body below the heading it stands under, so that the mail has one h1 and skips no level (R144), whatever
/// levels the editor chose: the first becomes <c>under + 1</c>, a deeper one goes down one step at a time.
/// </summary>
internal sealed class HeadingLevels(int under)
{
    private readonly Stack<int> open = new();

    public int Next(int written)
    {
        while (open.TryPeek(out var outer) && outer >= written) open.Pop();
        open.Push(written);
        return Math.Min(6, under + open.Count);
    }
}
