using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Clients;

internal sealed class SignInTables : IEntityTypeConfiguration<SignInTries>, IEntityTypeConfiguration<SignInRules>
{
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
