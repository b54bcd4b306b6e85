using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HostingPortal.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class MasterCare : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ByMaster",
                table: "runs",
                type: "tinyint(1)",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Job",
                table: "runs",
                type: "varchar(40)",
                maxLength: 40,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "NextSshKeySecretId",
                table: "projects",
                type: "varchar(40)",
                maxLength: 40,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "NextSshPublicKey",
                table: "projects",
                type: "varchar(255)",
                maxLength: 255,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "RecoveryKeySecretId",
                table: "projects",
                type: "varchar(40)",
                maxLength: 40,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "RecoveryPublicKey",
                table: "projects",
                type: "varchar(255)",
                maxLength: 255,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "NextKeySecretId",
                table: "project_masters",
                type: "varchar(40)",
                maxLength: 40,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "NextPublicKey",
                table: "project_masters",
                type: "varchar(255)",
                maxLength: 255,
                nullable: true)
                .Annotation("MySql:CharSet", "utf8mb4");

            migrationBuilder.AddColumn<string>(
                name: "Watch",
                table: "project_masters",
                type: "varchar(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "Check")
                .Annotation("MySql:CharSet", "utf8mb4");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "ByMaster",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "Job",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "NextSshKeySecretId",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "NextSshPublicKey",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "RecoveryKeySecretId",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "RecoveryPublicKey",
                table: "projects");

            migrationBuilder.DropColumn(
                name: "NextKeySecretId",
                table: "project_masters");

            migrationBuilder.DropColumn(
                name: "NextPublicKey",
                table: "project_masters");

            migrationBuilder.DropColumn(
                name: "Watch",
                table: "project_masters");
        }
    }
}
