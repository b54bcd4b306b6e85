using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Security;

internal sealed class SecretTables : IEntityTypeConfiguration<StoredSecret>, IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<StoredSecret> builder)
    {
        builder.ToTable("secrets");
        builder.Property(s => s.Kind).HasMaxLength(40);
        builder.Property(s => s.Nonce).HasMaxLength(12);
        builder.Property(s => s.Ciphertext).HasColumnType("blob");
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.Property(k => k.Name).HasMaxLength(120);
        builder.HasOne(k => k.Xml).WithMany().IsRequired();
    }
}
