using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HostingPortal.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class NodeExtras : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Backups",
                table: "nodes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "Protected",
                table: "nodes",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Backups",
                table: "nodes");

            migrationBuilder.DropColumn(
                name: "Protected",
                table: "nodes");
        }
    }
}
