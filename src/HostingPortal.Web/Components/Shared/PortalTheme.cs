using MudBlazor;

namespace HostingPortal.Web.Components.Shared;

/// <summary>
/// The portal's one theme. Light and dark are written side by side into the page, dark under the class <c>dark</c> of the document,
/// so that switching needs no circuit and nothing flashes.
/// </summary>
public static class PortalTheme
{
    private static readonly string[] Sans =
        ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static MudTheme Light { get; } = Create(":root");

    public static MudTheme Dark { get; } = Create(":root.dark");

    private static MudTheme Create(string scope) => new()
    {
        PaletteLight = LightColors(),
        PaletteDark = DarkColors(),
        Typography = Typography(),
        PseudoCss = new PseudoCss { Scope = scope },
        LayoutProperties = new LayoutProperties
        {
            AppbarHeight = "48px",
            DrawerWidthLeft = "208px",
            DrawerMiniWidthLeft = "56px",
            DrawerWidthRight = "372px",
            DefaultBorderRadius = "6px",
        },
    };

    private static PaletteLight LightColors() => new()
    {
        Background = "#F4F5F7",
        BackgroundGray = "#F8F9FB",
        Surface = "#FFFFFF",
        AppbarBackground = "#FFFFFF",
        AppbarText = "#171C26",
        DrawerBackground = "#FFFFFF",
        DrawerText = "#4E5868",
        DrawerIcon = "#4E5868",
        TextPrimary = "#171C26",
        TextSecondary = "#4E5868",
        TextDisabled = "#626C7C",
        ActionDefault = "#4E5868",
        ActionDisabled = "#626C7C",
        ActionDisabledBackground = "#EDEFF3",
        Primary = "#2C56D3",
        PrimaryDarken = "#2346B0",
        PrimaryLighten = "#EAF0FE",
        PrimaryContrastText = "#FFFFFF",
        Secondary = "#4E5868",
        SecondaryContrastText = "#FFFFFF",
        Tertiary = "#86379A",
        TertiaryContrastText = "#FFFFFF",
        Info = "#2C56D3",
        InfoContrastText = "#FFFFFF",
        Success = "#14703F",
        SuccessContrastText = "#FFFFFF",
        Warning = "#855300",
        WarningContrastText = "#FFFFFF",
        Error = "#BE2431",
        ErrorContrastText = "#FFFFFF",
        Dark = "#171C26",
        LinesDefault = "#E0E4EA",
        LinesInputs = "#858E9D",
        TableLines = "#EDF0F4",
        TableHover = "#F8F9FB",
        TableStriped = "#F8F9FB",
        Divider = "#E0E4EA",
        DividerLight = "#EDF0F4",
        Skeleton = "#EDEFF3",
        OverlayDark = "rgba(23,28,38,0.42)",
    };

    private static PaletteDark DarkColors() => new()
    {
        Background = "#0E1116",
        BackgroundGray = "#12161C",
        Surface = "#151A21",
        AppbarBackground = "#151A21",
        AppbarText = "#E7EAF0",
        DrawerBackground = "#151A21",
        DrawerText = "#A6B0BF",
        DrawerIcon = "#A6B0BF",
        TextPrimary = "#E7EAF0",
        TextSecondary = "#A6B0BF",
        TextDisabled = "#8C97A7",
        ActionDefault = "#A6B0BF",
        ActionDisabled = "#8C97A7",
        ActionDisabledBackground = "#222933",
        Primary = "#8CA9FF",
        PrimaryDarken = "#A9BFFF",
        PrimaryLighten = "#1C2745",
        PrimaryContrastText = "#0B1226",
        Secondary = "#A6B0BF",
        SecondaryContrastText = "#0B1226",
        Tertiary = "#D49FE8",
        TertiaryContrastText = "#0B1226",
        Info = "#8CA9FF",
        InfoContrastText = "#0B1226",
        Success = "#4CC38A",
        SuccessContrastText = "#0B1226",
        Warning = "#E6AC45",
        WarningContrastText = "#0B1226",
        Error = "#FF7F85",
        ErrorContrastText = "#0B1226",
        Dark = "#222933",
        DarkContrastText = "#E7EAF0",
        LinesDefault = "#29313C",
        LinesInputs = "#697586",
        TableLines = "#1F262F",
        TableHover = "#12161C",
        TableStriped = "#12161C",
        Divider = "#29313C",
        DividerLight = "#1F262F",
        Skeleton = "#222933",
        OverlayDark = "rgba(4,6,10,0.64)",
    };

    private static Typography Typography() => new()
    {
        Default = new DefaultTypography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "400", LetterSpacing = "normal" },
        H1 = new H1Typography { FontFamily = Sans, FontSize = "19px", LineHeight = "26px", FontWeight = "600", LetterSpacing = "-0.01em" },
        H2 = new H2Typography { FontFamily = Sans, FontSize = "14px", LineHeight = "20px", FontWeight = "600", LetterSpacing = "normal" },
        H3 = new H3Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "600", LetterSpacing = "normal" },
        H4 = new H4Typography { FontFamily = Sans, FontSize = "21px", LineHeight = "28px", FontWeight = "600", LetterSpacing = "-0.015em" },
        H5 = new H5Typography { FontFamily = Sans, FontSize = "15px", LineHeight = "22px", FontWeight = "600", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Sans, FontSize = "14px", LineHeight = "20px", FontWeight = "600", LetterSpacing = "normal" },
        Subtitle1 = new Subtitle1Typography { FontFamily = Sans, FontSize = "14px", LineHeight = "20px", FontWeight = "500", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "500", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "400", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "400", LetterSpacing = "normal" },
        Caption = new CaptionTypography { FontFamily = Sans, FontSize = "12px", LineHeight = "16px", FontWeight = "400", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Sans, FontSize = "13px", LineHeight = "20px", FontWeight = "500", LetterSpacing = "normal", TextTransform = "none" },
        Overline = new OverlineTypography { FontFamily = Sans, FontSize = "12px", LineHeight = "16px", FontWeight = "500", LetterSpacing = "normal", TextTransform = "none" },
    };
}
