using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Security;

internal sealed class RequestKeyTables : IEntityTypeConfiguration<RequestKey>
{
    public void Configure(EntityTypeBuilder<RequestKey> builder)
    {
        builder.ToTable("request_keys").HasKey(k => new { k.UserId, k.Key });
        builder.Property(k => k.Key).HasMaxLength(RequestKey.KeyLength).UseCollation("utf8mb4_bin");
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Location).HasMaxLength(300);
        builder.HasIndex(k => k.CreatedAt);
    }
}
