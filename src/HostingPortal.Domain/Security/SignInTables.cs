using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Security;

internal sealed class SignInTables : IEntityTypeConfiguration<RequestKey>, IEntityTypeConfiguration<SignInTries>, IEntityTypeConfiguration<SignInRules>
{
    public void Configure(EntityTypeBuilder<RequestKey> builder)
    {
        builder.ToTable("request_keys").HasKey(k => new { k.UserId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(RequestKey.KeyLength).UseCollation("utf8mb4_bin");
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Location).HasMaxLength(300);
        builder.HasIndex(k => k.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<SignInTries> builder)
    {
        builder.ToTable("sign_in_tries").HasKey(t => t.Key);
        builder.Property(t => t.Key).HasMaxLength(64);
        builder.HasIndex(t => t.LastAt);
    }

    public void Configure(EntityTypeBuilder<SignInRules> builder)
    {
        builder.ToTable("sign_in_rules");
        builder.Property(r => r.Id).ValueGeneratedNever();
    }
}
