using HostingPortal.Domain.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Accounts;

internal sealed class AccountTables : IEntityTypeConfiguration<HetznerAccount>, IEntityTypeConfiguration<AccountAllotment>
{
    public void Configure(EntityTypeBuilder<HetznerAccount> builder)
    {
        builder.ToTable("accounts");
        builder.Property(a => a.Name).HasMaxLength(HetznerAccount.NameLength);
        builder.Property(a => a.TokenHint).HasMaxLength(4);
        builder.Property(a => a.Problem).HasMaxLength(64);
        builder.HasIndex(a => a.Name).IsUnique();
        builder.HasOne(a => a.Token).WithMany().HasForeignKey(a => a.TokenId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AccountAllotment> builder)
    {
        builder.ToTable("account_allotments").HasKey(a => new { a.AccountId, a.ClientId });
        builder.HasOne<HetznerAccount>().WithMany(a => a.Allotments).HasForeignKey(a => a.AccountId);
        builder.HasOne<Client>().WithMany().HasForeignKey(a => a.ClientId);
    }
}
