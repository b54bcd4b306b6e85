using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HostingPortal.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LargePages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_sites_NodeId",
                table: "sites",
                column: "NodeId");

            migrationBuilder.CreateIndex(
                name: "IX_runs_EndedAt",
                table: "runs",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_runs_QueuedAt",
                table: "runs",
                column: "QueuedAt");

            migrationBuilder.CreateIndex(
                name: "IX_runs_StartedAt",
                table: "runs",
                column: "StartedAt");

            migrationBuilder.CreateIndex(
                name: "IX_changes_At",
                table: "changes",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_sites_NodeId",
                table: "sites");

            migrationBuilder.DropIndex(
                name: "IX_runs_EndedAt",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_runs_QueuedAt",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_runs_StartedAt",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_changes_At",
                table: "changes");
        }
    }
}
