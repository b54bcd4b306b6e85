using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HostingPortal.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PageIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_sites_CertificateId",
                table: "sites",
                column: "CertificateId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sites_Removed_CreatedAt",
                table: "sites",
                columns: new[] { "Removed", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_sites_Removed_State_CreatedAt",
                table: "sites",
                columns: new[] { "Removed", "State", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_sites_StateReason",
                table: "sites",
                column: "StateReason");

            migrationBuilder.CreateIndex(
                name: "IX_runs_RequestedBy_Id",
                table: "runs",
                columns: new[] { "RequestedBy", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_certificates_Removed_NotAfter",
                table: "certificates",
                columns: new[] { "Removed", "NotAfter" });

            migrationBuilder.CreateIndex(
                name: "IX_certificates_Removed_State_NotAfter",
                table: "certificates",
                columns: new[] { "Removed", "State", "NotAfter" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_sites_CertificateId",
                table: "sites");

            migrationBuilder.DropIndex(
                name: "IX_sites_Removed_CreatedAt",
                table: "sites");

            migrationBuilder.DropIndex(
                name: "IX_sites_Removed_State_CreatedAt",
                table: "sites");

            migrationBuilder.DropIndex(
                name: "IX_sites_StateReason",
                table: "sites");

            migrationBuilder.DropIndex(
                name: "IX_runs_RequestedBy_Id",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_certificates_Removed_NotAfter",
                table: "certificates");

            migrationBuilder.DropIndex(
                name: "IX_certificates_Removed_State_NotAfter",
                table: "certificates");
        }
    }
}
