namespace HostingPortal.Web.Components.Shared;

/// <summary>One shape per state, so that it reads without colour. Always shown with its word.</summary>
public static class StatusIcons
{
    private const string Begin = "<g transform='scale(1.5)' fill='none' stroke='currentColor' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'>";
    private const string End = "</g>";

    public const string Ok = Begin + "<circle cx='8' cy='8' r='6'/><path d='m5.3 8.2 1.9 1.9 3.5-3.9'/>" + End;
    public const string Changed = Begin + "<circle cx='8' cy='8' r='6.7' fill='currentColor' stroke='none'/><path d='m5.2 8.2 2 2 3.6-4' stroke='var(--mud-palette-surface)' stroke-width='1.8'/>" + End;
    public const string Failed = Begin + "<path d='M5.3 1.600h5.400l3.7 3.700v5.400l-3.7 3.700H5.300l-3.7-3.700V5.300z' fill='currentColor' stroke='none'/><path d='m5.7 5.7 4.6 4.600M10.3 5.700l-4.6 4.6' stroke='var(--mud-palette-surface)' stroke-width='1.8'/>" + End;
    public const string PartlyFailed = Begin + "<path d='M5.3 1.600h5.400l3.7 3.700v5.400l-3.7 3.700H5.300l-3.7-3.700V5.300z'/><path d='M8 1.600h2.700l3.7 3.700v5.400l-3.7 3.700H8z' fill='currentColor' stroke='none'/>" + End;
    public const string Unreachable = Begin + "<path d='M1.2 8h4M10.8 8h4' stroke-width='1.8'/><path d='M5.4 4.600v6.800M10.6 4.600v6.8' stroke-width='1.9'/>" + End;
    public const string Running = Begin + "<circle cx='8' cy='8' r='6' opacity='.28'/><path d='M8 2a6 6 0 0 1 6 6' class='portal-spin'/>" + End;
    public const string Waiting = Begin + "<path d='M4.2 2.200h7.600M4.2 13.800h7.600M5 2.400c0 3 3 3.6 3 5.600s-3 2.6-3 5.600M11 2.400c0 3-3 3.6-3 5.600s3 2.6 3 5.6'/>" + End;
    public const string Queued = Begin + "<circle cx='8' cy='8' r='6' stroke-dasharray='1.8 2.380'/>" + End;
    public const string Canceled = Begin + "<circle cx='8' cy='8' r='6'/><path d='m3.9 12.1 8.2-8.2'/>" + End;
    public const string Lost = Begin + "<circle cx='8' cy='8' r='6' stroke-dasharray='4.7 1.6'/><path d='M6.4 6.500A1.6 1.6 0 0 1 8 5.100c.9 0 1.6.6 1.6 1.4 0 1.1-1.6 1.1-1.6 2.300M8 11h.01'/>" + End;
    public const string Warning = Begin + "<path d='M8 2 14.4 13.500H1.600z' fill='currentColor' stroke='currentColor'/><path d='M8 6.400v3M8 11.400h.01' stroke='var(--mud-palette-surface)' stroke-width='1.7'/>" + End;
    public const string Skipped = Begin + "<path d='M4 8h8'/>" + End;
    public const string Off = Begin + "<circle cx='8' cy='8.6' r='5.2'/><path d='M8 1.800v5.6'/>" + End;
}
