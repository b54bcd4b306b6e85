using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HostingPortal.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ProjectBorders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_names_zone_allotments_ZoneAllotmentId",
                table: "names");

            migrationBuilder.DropForeignKey(
                name: "FK_run_nodes_runs_RunId",
                table: "run_nodes");

            migrationBuilder.DropIndex(
                name: "IX_runs_ProjectId_Id",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_names_ZoneAllotmentId",
                table: "names");

            migrationBuilder.AddColumn<string>(
                name: "ProjectId",
                table: "run_nodes",
                type: "varchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "")
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.Sql("UPDATE run_nodes n JOIN runs r ON r.Id = n.RunId SET n.ProjectId = r.ProjectId");

            migrationBuilder.AddUniqueConstraint(
                name: "AK_runs_ProjectId_Id",
                table: "runs",
                columns: new[] { "ProjectId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_run_nodes_ProjectId_NodeId",
                table: "run_nodes",
                columns: new[] { "ProjectId", "NodeId" });

            migrationBuilder.CreateIndex(
                name: "IX_run_nodes_ProjectId_RunId",
                table: "run_nodes",
                columns: new[] { "ProjectId", "RunId" });

            migrationBuilder.CreateIndex(
                name: "IX_names_ClientId_ZoneAllotmentId",
                table: "names",
                columns: new[] { "ClientId", "ZoneAllotmentId" });

            migrationBuilder.AddForeignKey(
                name: "FK_names_zone_allotments_ClientId_ZoneAllotmentId",
                table: "names",
                columns: new[] { "ClientId", "ZoneAllotmentId" },
                principalTable: "zone_allotments",
                principalColumns: new[] { "ClientId", "Id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_run_nodes_nodes_ProjectId_NodeId",
                table: "run_nodes",
                columns: new[] { "ProjectId", "NodeId" },
                principalTable: "nodes",
                principalColumns: new[] { "ProjectId", "Id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_run_nodes_runs_ProjectId_RunId",
                table: "run_nodes",
                columns: new[] { "ProjectId", "RunId" },
                principalTable: "runs",
                principalColumns: new[] { "ProjectId", "Id" },
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_names_zone_allotments_ClientId_ZoneAllotmentId",
                table: "names");

            migrationBuilder.DropForeignKey(
                name: "FK_run_nodes_nodes_ProjectId_NodeId",
                table: "run_nodes");

            migrationBuilder.DropForeignKey(
                name: "FK_run_nodes_runs_ProjectId_RunId",
                table: "run_nodes");

            migrationBuilder.DropUniqueConstraint(
                name: "AK_runs_ProjectId_Id",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "IX_run_nodes_ProjectId_NodeId",
                table: "run_nodes");

            migrationBuilder.DropIndex(
                name: "IX_run_nodes_ProjectId_RunId",
                table: "run_nodes");

            migrationBuilder.DropIndex(
                name: "IX_names_ClientId_ZoneAllotmentId",
                table: "names");

            migrationBuilder.DropColumn(
                name: "ProjectId",
                table: "run_nodes");

            migrationBuilder.CreateIndex(
                name: "IX_runs_ProjectId_Id",
                table: "runs",
                columns: new[] { "ProjectId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_names_ZoneAllotmentId",
                table: "names",
                column: "ZoneAllotmentId");

            migrationBuilder.AddForeignKey(
                name: "FK_names_zone_allotments_ZoneAllotmentId",
                table: "names",
                column: "ZoneAllotmentId",
                principalTable: "zone_allotments",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_run_nodes_runs_RunId",
                table: "run_nodes",
                column: "RunId",
                principalTable: "runs",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
