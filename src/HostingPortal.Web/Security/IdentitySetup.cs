using HostingPortal.Domain.Clients;
using HostingPortal.Domain.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace HostingPortal.Web.Security;

/// <summary>Sign-in by password, code or passkey, kept in a cookie that names a session. Everything is closed to anonymous visitors unless it says otherwise.</summary>
internal static class IdentitySetup
{
    public const int PasswordLength = 12;
    public const int RecoveryCodes = 10;

    /// <summary>How often cookies are held against the database.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder AddPortalIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddIdentityCore<PortalUser>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequiredLength = PasswordLength;
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 5;
                options.Lockout.AllowedForNewUsers = false; // A lock on the account would let anybody lock anybody out: SignInLimits slows down instead.
            })
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddUserStore<PortalUserStore>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddTokenProvider<CodeProvider>(TokenOptions.DefaultAuthenticatorProvider)
            .AddPasswordValidator<CommonPasswords>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(options =>
        {
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/not-found";
            options.ReturnUrlParameter = "next";
            options.Cookie.Name = "portal-session";
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.Events.OnSigningIn = SessionCookie.OnSigningIn;
            options.Events.OnSigningOut = SessionCookie.OnSigningOut;
        }));
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = LookAgain;
            options.OnRefreshingPrincipal = SessionValidator.KeepSession;
        });
        services.AddScoped<ISecurityStampValidator, SessionValidator>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatingSignIn>();
        services.AddSingleton<OpenPages>().AddScoped<PageRoom>().AddScoped<CircuitHandler>(scope => scope.GetRequiredService<PageRoom>());
        services.AddScoped<CurrentActor>().AddScoped<SignInDoor>().AddScoped<AuthenticatorKeys>().AddSingleton<StrongDoor>();
        return builder;
    }
}
