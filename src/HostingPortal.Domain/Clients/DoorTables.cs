using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Clients;

/// <summary>The ways in: tokens, invitations, sessions and passkeys. They go with their person.</summary>
internal sealed class DoorTables :
    IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<UserSession>, IEntityTypeConfiguration<Passkey>
{
    private const int HashLength = 32;

    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens");
        builder.Property(t => t.Name).HasMaxLength(ApiToken.NameLength);
        builder.Property(t => t.Hash).HasMaxLength(HashLength);
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasOne(t => t.User).WithMany().HasForeignKey(t => t.UserId);
        builder.HasOne(t => t.Client).WithMany().HasForeignKey(t => t.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(t => t.Scope).HasDefaultValue(TokenScope.Write).HasSentinel(TokenScope.Write);
    }

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations");
        builder.Property(i => i.CodeHash).HasMaxLength(HashLength);
        builder.Property(i => i.Email).HasMaxLength(254);
        builder.Property(i => i.DisplayName).HasMaxLength(Client.NameLength);
        builder.Property(i => i.InvitedBy).HasMaxLength(120);
        builder.HasIndex(i => i.CodeHash).IsUnique();
        builder.HasOne(i => i.Client).WithMany().HasForeignKey(i => i.ClientId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(i => i.User).WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("user_sessions");
        builder.Property(s => s.RemoteAddress).HasMaxLength(45);
        builder.Property(s => s.Device).HasMaxLength(80);
        builder.HasOne(s => s.User).WithMany().HasForeignKey(s => s.UserId);
        builder.HasOne(s => s.ActingFor).WithMany().HasForeignKey(s => s.ActingForId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<Passkey> builder)
    {
        builder.ToTable("passkeys");
        builder.Property(p => p.CredentialId).HasColumnType($"varbinary({Passkey.MaxCredentialId})");
        builder.HasIndex(p => p.CredentialId).IsUnique();
        builder.HasOne(p => p.User).WithMany().HasForeignKey(p => p.UserId);
    }
}
