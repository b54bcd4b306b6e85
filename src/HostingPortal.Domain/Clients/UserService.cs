using System.Buffers.Text;
using System.Net.Mail;
using System.Text;
using HostingPortal.Domain.Audit;
using HostingPortal.Domain.Persistence;
using HostingPortal.Domain.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HostingPortal.Domain.Clients;

/// <summary>People: admins create them, they choose their password behind a single-use link.</summary>
public sealed class UserService(IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Staff see everybody (<paramref name="clientId"/> null) or a client's people; clients see their own.</summary>
    public async Task<IReadOnlyList<UserRow>> ListAsync(Actor actor, string? clientId, CancellationToken ct)
    {
        if (clientId is null)
        {
            actor.RequireStaff();
        }
        else
        {
            actor.RequireRead(clientId);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var users = db.Users.AsNoTracking().Where(u => clientId == null || u.Memberships.Any(m => m.ClientId == clientId));
        return await users.OrderBy(u => u.DisplayName)
            .Select(u => new UserRow(
                u.Id, u.DisplayName, u.Email!, u.Role,
                u.Memberships.Where(m => m.ClientId == clientId).Select(m => (ClientRole?)m.Role).FirstOrDefault(),
                u.PasswordHash != null))
            .ToListAsync(ct);
    }

    /// <summary>Creates a person without a password; the code opens <c>/invite/{code}</c> once, for a day.</summary>
    public async Task<CreatedUser> CreateAsync(Actor actor, CreateUser request, CancellationToken ct)
    {
        actor.RequireAdmin();
        var name = Text.Line(request.DisplayName, Client.NameLength, nameof(request.DisplayName));
        var email = Email(request.Email);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (request.Role == PortalRole.Client && (request.ClientId is null || !await db.Clients.AnyAsync(c => c.Id == request.ClientId, ct)))
        {
            throw new RuleViolationException("User.NeedsClient", nameof(request.ClientId));
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var user = new PortalUser { Id = Ids.New("u", time), UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = request.Role, CreatedAt = time.GetUtcNow().UtcDateTime };
        if (request.Role == PortalRole.Client)
        {
            user.Memberships.Add(new Membership { UserId = user.Id, ClientId = request.ClientId!, Role = request.ClientRole ?? ClientRole.Member });
        }

        Check(await users.CreateAsync(user), nameof(request.Email));
        db.Audit(actor, time, "user.create", request.ClientId, new ObjectRef("user", user.Id, name), request.Role.ToString());
        await db.SaveChangesAsync(ct);
        var token = await users.GeneratePasswordResetTokenAsync(user);
        return new CreatedUser(user.Id, Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{user.Id}\n{token}")));
    }

    /// <summary>Sets the password of the person the code was made for; the code is the permission, so there is no actor yet.</summary>
    public async Task<string> AcceptInviteAsync(string code, string password, CancellationToken ct)
    {
        var (userId, token) = ParseCode(code);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var user = await users.FindByIdAsync(userId) ?? throw new RuleViolationException("User.InviteUsed");
        Check(await users.ResetPasswordAsync(user, token, password), "Password");
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Audit(new Actor(user.Id, user.DisplayName, user.Role, new Dictionary<string, ClientRole>()), time, "user.password-set", null, new ObjectRef("user", user.Id, user.DisplayName));
        await db.SaveChangesAsync(ct);
        return user.Id;
    }

    /// <summary>Creates the first admin; refused as soon as anybody exists.</summary>
    public async Task<string> CreateFirstAdminAsync(string email, string displayName, string password, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Users.AnyAsync(ct))
        {
            throw new RuleViolationException("Setup.Done");
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var address = Email(email);
        var user = new PortalUser
        {
            Id = Ids.New("u", time), UserName = address, Email = address, EmailConfirmed = true, Role = PortalRole.Admin, CreatedAt = time.GetUtcNow().UtcDateTime,
            DisplayName = Text.Line(displayName, Client.NameLength, "DisplayName"),
        };
        Check(await users.CreateAsync(user, password), "Password");
        db.Audit(new Actor(user.Id, user.DisplayName, user.Role, new Dictionary<string, ClientRole>()), time, "user.first-admin", null, new ObjectRef("user", user.Id, user.DisplayName));
        await db.SaveChangesAsync(ct);
        return user.Id;
    }

    public async Task<bool> AnyoneAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Users.AnyAsync(ct);
    }

    private static string Email(string? text)
    {
        var email = (text ?? "").Trim();
        return email.Length <= 254 && Text.IsPrintable(email) && !email.StartsWith('-') && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && parsed.Host.Contains('.')
            ? email
            : throw new RuleViolationException("User.Email", "Email");
    }

    private static (string UserId, string Token) ParseCode(string code)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(code.Length)];
        var parts = code.Length < 4000 && Base64Url.TryDecodeFromChars(code, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split('\n') : [];
        return parts.Length == 2 ? (parts[0], parts[1]) : throw new RuleViolationException("User.InviteUsed");
    }

    private static void Check(IdentityResult result, string field)
    {
        if (!result.Succeeded)
        {
            var code = result.Errors.First().Code;
            throw code == "InvalidToken" ? new RuleViolationException("User.InviteUsed") : new RuleViolationException("User." + code, field);
        }
    }
}

public sealed record CreateUser(string Email, string DisplayName, PortalRole Role, string? ClientId = null, ClientRole? ClientRole = null);

public sealed record CreatedUser(string Id, string InviteCode);

/// <param name="HasPassword">False until the invitation was accepted.</param>
public sealed record UserRow(string Id, string DisplayName, string Email, PortalRole Role, ClientRole? ClientRole, bool HasPassword);
