using HostingPortal.Domain.Runs;

namespace HostingPortal.Web.Components.Runs;

/// <summary>Lines that were read lately, in pages of 200; the pages not looked at for longest go first.</summary>
public sealed class RunLineCache
{
    public const int PageSize = 200;
    private const int MostPages = 60;
    private readonly Dictionary<int, Slot> pages = [];
    private long clock;

    /// <summary>The line with this number, from 1, or null when it has to be fetched.</summary>
    public RunLine? Find(int number)
    {
        if (!pages.TryGetValue(Page(number), out var slot))
        {
            return null;
        }

        slot.Used = ++clock;
        return slot.Lines[(number - 1) % PageSize];
    }

    public void Add(IEnumerable<RunLine> lines)
    {
        foreach (var line in lines)
        {
            if (!pages.TryGetValue(Page(line.Number), out var slot))
            {
                pages[Page(line.Number)] = slot = new Slot();
            }

            slot.Used = ++clock;
            slot.Lines[(line.Number - 1) % PageSize] = line;
        }

        while (pages.Count > MostPages)
        {
            pages.Remove(pages.MinBy(p => p.Value.Used).Key);
        }
    }

    public static int Page(int number) => (number - 1) / PageSize;

    private sealed class Slot
    {
        public RunLine?[] Lines { get; } = new RunLine?[PageSize];

        public long Used { get; set; }
    }
}
