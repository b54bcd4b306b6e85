using System.Text.Json;
using HostingPortal.Domain.Projects;
using HostingPortal.Domain.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HostingPortal.Domain.Nodes;

internal sealed class NodeTables : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.ToTable("nodes");
        builder.HasAlternateKey(n => new { n.ProjectId, n.Id });
        builder.Property(n => n.Name).HasMaxLength(Slug.MaxLength);
        builder.Property(n => n.Template).HasMaxLength(40);
        builder.Property(n => n.TemplateVersion).HasMaxLength(20);
        builder.Property(n => n.ServerType).HasMaxLength(40);
        builder.Property(n => n.Location).HasMaxLength(40);
        builder.Property(n => n.Image).HasMaxLength(60);
        builder.Property(n => n.Fallbacks).HasMaxLength(1000).HasDefaultValueSql("'[]'").HasConversion(
            list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<List<NodeFallback>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<NodeFallback>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list));
        builder.Property(n => n.Currency).HasMaxLength(3);
        builder.Property(n => n.StateReason).HasMaxLength(64);
        builder.Property(n => n.PublicIpv4).HasMaxLength(45);
        builder.Property(n => n.PublicIpv6).HasMaxLength(45);
        builder.Property(n => n.PrivateIpv4).HasMaxLength(15);
        builder.Property(n => n.HostKey).HasMaxLength(255);
        builder.Property(n => n.NextHostKey).HasMaxLength(255);
        builder.Property(n => n.BrokerHash).HasMaxLength(32);
        builder.Property(n => n.ConvergedContent).HasMaxLength(64);
        builder.HasIndex(n => new { n.ProjectId, n.Name });
        builder.HasIndex(n => n.BrokerHash).IsUnique();
        builder.HasOne(n => n.Project).WithMany().HasForeignKey(n => n.ProjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany<RunNode>().WithOne().HasForeignKey(n => new { n.ProjectId, n.NodeId }).HasPrincipalKey(n => new { n.ProjectId, n.Id }).OnDelete(DeleteBehavior.Restrict);
    }
}
