using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class CallsDialled : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Rang",
                table: "Calls",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "SipCause",
                table: "Calls",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "SipStatus",
                table: "Calls",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Rang",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "SipCause",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "SipStatus",
                table: "Calls");
        }
    }
}
