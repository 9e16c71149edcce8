using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class FirmGround : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "MediaEncryption",
                table: "Trunks",
                nullable: false,
                defaultValue: "Off");

            migrationBuilder.AddColumn<bool>(
                name: "Nat",
                table: "Trunks",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "MediaEncryption",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Nat",
                table: "Trunks");
        }
    }
}
