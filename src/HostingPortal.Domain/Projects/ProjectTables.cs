using HostingPortal.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Projects;

internal sealed class ProjectTables : IEntityTypeConfiguration<Project>
{
    public void Configure(EntityTypeBuilder<Project> builder)
    {
        builder.ToTable("projects");
        builder.HasAlternateKey(p => new { p.ClientId, p.Id });
        builder.Property(p => p.Name).HasMaxLength(Slug.MaxLength);
        builder.Property(p => p.SshPublicKey).HasMaxLength(255);
        builder.Property(p => p.NextSshPublicKey).HasMaxLength(255);
        builder.Property(p => p.RecoveryPublicKey).HasMaxLength(255);
        builder.Property(p => p.InventoryCommit).HasMaxLength(40);
        builder.HasIndex(p => new { p.ClientId, p.Name }).IsUnique();
        builder.HasOne(p => p.Client).WithMany().HasForeignKey(p => p.ClientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(p => p.Account).WithMany().HasForeignKey(p => p.AccountId).OnDelete(DeleteBehavior.Restrict);

        // The database itself refuses a project in an account its client was not allotted.
        builder.HasOne<AccountAllotment>().WithMany().HasForeignKey(p => new { p.AccountId, p.ClientId }).OnDelete(DeleteBehavior.Restrict);
    }
}
