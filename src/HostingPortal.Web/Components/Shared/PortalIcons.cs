namespace HostingPortal.Web.Components.Shared;

/// <summary>Line icons on a 16 pixel grid, drawn with the text's colour. For <c>MudIcon</c>, whose grid has 24 pixels.</summary>
public static class PortalIcons
{
    private const string Begin = "<g transform='scale(1.5)' fill='none' stroke='currentColor' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'>";
    private const string End = "</g>";

    public const string Dashboard = Begin + "<rect x='2' y='2' width='5' height='6' rx='1'/><rect x='9' y='2' width='5' height='3.5' rx='1'/><rect x='2' y='10.5' width='5' height='3.5' rx='1'/><rect x='9' y='8' width='5' height='6' rx='1'/>" + End;
    public const string Runs = Begin + "<path d='M4.2 3v10l8-5z'/>" + End;
    public const string Drift = Begin + "<path d='M2 8h3c3 0 3-4 6-4h3M5 8c3 0 3 4 6 4h3M12.2 2.2 14 4l-1.8 1.800M12.2 10.2 14 12l-1.8 1.8'/>" + End;
    public const string Clients = Begin + "<circle cx='6' cy='5.2' r='2.4'/><path d='M1.8 13.200c.4-2.6 2-4 4.2-4s3.8 1.4 4.2 4M10.5 3.100a2.2 2.2 0 0 1 0 4.200M11.8 9.500c1.4.6 2.2 1.8 2.4 3.7'/>" + End;
    public const string Project = Begin + "<path d='M2 4.300a1 1 0 0 1 1-1h3l1.5 1.800H13a1 1 0 0 1 1 1v6.200a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1z'/>" + End;
    public const string Node = Begin + "<rect x='2' y='2.5' width='12' height='4.6' rx='1.1'/><rect x='2' y='8.9' width='12' height='4.6' rx='1.1'/><path d='M4.6 4.800h.01M4.6 11.200h.01M8.5 4.800h3M8.5 11.200h3'/>" + End;
    public const string Network = Begin + "<circle cx='8' cy='3.4' r='1.6'/><circle cx='3.4' cy='12.5' r='1.6'/><circle cx='12.6' cy='12.5' r='1.6'/><path d='M8 5v3.200M8 8.200l-3.6 3M8 8.200l3.6 3'/>" + End;
    public const string Dns = Begin + "<circle cx='8' cy='8' r='6'/><path d='M2 8h12M8 2c2 1.7 2.8 3.7 2.8 6S10 12.3 8 14C6 12.3 5.2 10.3 5.2 8S6 3.7 8 2z'/>" + End;
    public const string Site = Begin + "<rect x='1.8' y='2.8' width='12.4' height='10.4' rx='1.4'/><path d='M2 6.200h12M4.2 4.500h.01M6.2 4.500h.01'/>" + End;
    public const string Database = Begin + "<ellipse cx='8' cy='3.9' rx='5.2' ry='2'/><path d='M2.8 3.900v8.200c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2V3.900M2.8 8c0 1.1 2.3 2 5.2 2s5.2-.9 5.2-2'/>" + End;
    public const string Mail = Begin + "<rect x='1.8' y='3.2' width='12.4' height='9.6' rx='1.4'/><path d='m2.6 4.8 5.4 3.9 5.4-3.9'/>" + End;
    public const string Certificate = Begin + "<rect x='3.2' y='7' width='9.6' height='6.8' rx='1.3'/><path d='M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2'/>" + End;
    public const string Backup = Begin + "<rect x='2' y='2.6' width='12' height='3.4' rx='.8'/><path d='M3 6v6.400a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V6M6.4 9h3.2'/>" + End;
    public const string Template = Begin + "<path d='m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3'/>" + End;
    public const string Cost = Begin + "<path d='M12.6 4.300a4.9 4.9 0 1 0 0 7.400M2.4 7h6.800M2.4 9.200h6'/>" + End;
    public const string Audit = Begin + "<path d='M3.8 2.200h6l2.6 2.600v9H3.800z'/><path d='M6 7.200h4.400M6 9.500h4.400M6 11.800h2.6'/>" + End;
    public const string Settings = Begin + "<path d='M2 4.500h6M11.6 4.500H14M2 11.500h2.500M8 11.500h6'/><circle cx='9.8' cy='4.5' r='1.7'/><circle cx='6.2' cy='11.5' r='1.7'/>" + End;
    public const string Search = Begin + "<circle cx='7' cy='7' r='4.5'/><path d='m10.5 10.5 3.3 3.3'/>" + End;
    public const string Bell = Begin + "<path d='M4 11.200V7a4 4 0 0 1 8 0v4.200l1.2 1H2.800zM6.6 14h2.8'/>" + End;
    public const string Moon = Begin + "<path d='M13 9.600A5.6 5.6 0 1 1 6.4 3a4.6 4.6 0 0 0 6.6 6.600z'/>" + End;
    public const string ChevronRight = Begin + "<path d='m6 3.5 4.5 4.500L6 12.5'/>" + End;
    public const string ChevronDown = Begin + "<path d='M3.5 6 8 10.5 12.5 6'/>" + End;
    public const string ChevronUp = Begin + "<path d='M3.5 10 8 5.5 12.5 10'/>" + End;
    public const string ChevronLeft = Begin + "<path d='M10 3.5 5.5 8l4.5 4.5'/>" + End;
    public const string Check = Begin + "<path d='m3 8.5 3.2 3.200L13 4.8'/>" + End;
    public const string Dismiss = Begin + "<path d='m4 4 8 8M12 4l-8 8'/>" + End;
    public const string Plus = Begin + "<path d='M8 3v10M3 8h10'/>" + End;
    public const string Clock = Begin + "<circle cx='8' cy='8' r='6'/><path d='M8 4.600V8l2.4 1.6'/>" + End;
    public const string Info = Begin + "<circle cx='8' cy='8' r='6'/><path d='M8 7.400v3.400M8 5.200h.01'/>" + End;
    public const string Pause = Begin + "<path d='M5.2 3.200v9.600M10.8 3.200v9.6'/>" + End;
    public const string Stop = Begin + "<rect x='3.8' y='3.8' width='8.4' height='8.4' rx='1'/>" + End;
    public const string Follow = Begin + "<path d='M8 2v8.400M4.4 7 8 10.6 11.6 7M3 13.600h10'/>" + End;
    public const string Copy = Begin + "<rect x='5.4' y='5.4' width='8.2' height='8.2' rx='1.2'/><path d='M10.6 5.200V3.600a1.2 1.2 0 0 0-1.2-1.200H3.600a1.2 1.2 0 0 0-1.2 1.200v5.800a1.2 1.2 0 0 0 1.2 1.200h1.6'/>" + End;
    public const string Download = Begin + "<path d='M8 2v8M4.6 6.8 8 10.200l3.4-3.400M2.8 13.400h10.4'/>" + End;
    public const string Link = Begin + "<path d='M6.8 9.200a2.6 2.6 0 0 0 3.7 0l2.3-2.300a2.6 2.6 0 0 0-3.7-3.700l-.9.9M9.2 6.800a2.6 2.6 0 0 0-3.7 0L3.2 9.100a2.6 2.6 0 0 0 3.7 3.700l.9-.9'/>" + End;
    public const string Filter = Begin + "<path d='M2 3.500h12L9.6 8.800v4.400l-3.2-1.600V8.800z'/>" + End;
    public const string More = Begin + "<path d='M3.5 8h.01M8 8h.01M12.5 8h.01' stroke-width='2.6'/>" + End;
    public const string OpenOutside = Begin + "<path d='M9.4 2.600h4v4M13.2 2.8 7.6 8.400M11.6 9.400v3a1 1 0 0 1-1 1H3.600a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1h3'/>" + End;
    public const string Key = Begin + "<circle cx='5.2' cy='10.8' r='2.8'/><path d='m7.2 8.8 6-6M10.6 5.400l2 2'/>" + End;
    public const string Volume = Begin + "<rect x='2' y='3' width='12' height='10' rx='1.4'/><path d='M2 9.600h12M4.6 11.400h.01M11.4 11.400h-3'/>" + End;
    public const string LoadBalancer = Begin + "<path d='M2 8h4M6 8l3.6-4.400H13M6 8h7M6 8l3.6 4.400H13M11.6 2.2 13 3.6 11.6 5M11.6 6.6 13 8l-1.4 1.400M11.6 11 13 12.4 11.6 13.8'/>" + End;
    public const string Firewall = Begin + "<path d='M2 3h12v10H2zM2 6.300h12M2 9.700h12M6 3v3.300M10.6 3v3.300M4 6.300v3.400M8.3 6.300v3.400M12.2 6.300v3.400M6 9.700V13M10.6 9.700V13'/>" + End;
    public const string Refresh = Begin + "<path d='M13 8a5 5 0 1 1-1.6-3.700M13.2 2.400v2.700h-2.7'/>" + End;
    public const string Delete = Begin + "<path d='M2.6 4.400h10.800M6 4.200V2.600h4v1.600M4 4.600l.6 8.800h6.800l.6-8.800M6.7 7v4M9.3 7v4'/>" + End;
    public const string User = Begin + "<circle cx='8' cy='5.3' r='2.7'/><path d='M2.8 13.600c.5-2.9 2.5-4.4 5.2-4.400s4.7 1.5 5.2 4.4'/>" + End;
    public const string Help = Begin + "<circle cx='8' cy='8' r='6'/><path d='M6.2 6.400A1.8 1.8 0 0 1 8 4.900c1 0 1.8.7 1.8 1.6 0 1.3-1.8 1.3-1.8 2.600M8 11.300h.01'/>" + End;
    public const string Menu = Begin + "<path d='M2.5 4.500h11M2.5 8h11M2.5 11.500h11'/>" + End;
    public const string WrapLines = Begin + "<path d='M2 3.500h12M2 8h9.500a2 2 0 0 1 0 4.200H8.400M9.9 10.600l-1.6 1.6 1.6 1.600M2 12.200h3'/>" + End;
    public const string Undo = Begin + "<path d='M5.4 2.8 2.6 5.600l2.8 2.800M3 5.600h6.400a3.7 3.7 0 0 1 0 7.400H5'/>" + End;
    public const string Edit = Begin + "<path d='m3 13 .7-3 7-7 2.3 2.3-7 7z'/>" + End;
    public const string Service = Begin + "<path d='M1.8 8.400h3l1.8-4.6 2.8 8.2 1.6-3.600h3.2'/>" + End;
    public const string Commit = Begin + "<circle cx='4' cy='3.6' r='1.5'/><circle cx='4' cy='12.4' r='1.5'/><circle cx='12' cy='6' r='1.5'/><path d='M4 5.100v5.800M12 7.500c0 2.4-4 2-6.6 3.6'/>" + End;
    public const string List = Begin + "<path d='M5.4 4h8M5.4 8h8M5.4 12h8M2.6 4h.01M2.6 8h.01M2.6 12h.01'/>" + End;
    public const string Topology = Begin + "<rect x='1.8' y='5.8' width='4' height='4.4' rx='.8'/><rect x='10.2' y='2' width='4' height='4.4' rx='.8'/><rect x='10.2' y='9.6' width='4' height='4.4' rx='.8'/><path d='M5.8 8h2.200V4.200h2.200M8 8v3.800h2.2'/>" + End;
    public const string Protection = Begin + "<path d='M8 1.9 13 3.600v4.200c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.400V3.600z'/>" + End;
    public const string Home = Begin + "<path d='m2.2 7.6 5.8-5 5.8 5M3.8 6.600v6.800h8.400V6.600M6.6 13.400V9.600h2.800v3.8'/>" + End;
    public const string FullScreen = Begin + "<path d='M2.5 6V2.500H6M10 2.500h3.500V6M13.5 10v3.500H10M6 13.500H2.500V10'/>" + End;
    public const string Print = Begin + "<path d='M4.4 6V2.200h7.200V6M4.4 11.400H2.200V6.200h11.600v5.200h-2.200M4.4 9.400h7.200v4.400H4.400z'/>" + End;
    public const string Sun = Begin + "<circle cx='8' cy='8' r='2.8'/><path d='M8 1.600v1.500M8 12.900v1.500M1.6 8h1.500M12.9 8h1.500M3.5 3.500l1 1M11.5 11.500l1 1M12.5 3.500l-1 1M4.5 11.500l-1 1'/>" + End;
    public const string Screen = Begin + "<rect x='1.8' y='2.8' width='12.4' height='8.4' rx='1.2'/><path d='M5.4 13.600h5.200M8 11.200v2.400'/>" + End;
}
