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

            migrationBuilder.CreateTable(
                name: "PhoneBindings",
                columns: table => new
                {
                    SipUser = table.Column<string>(maxLength: 50, nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Contact = table.Column<string>(maxLength: 500, nullable: false),
                    Address = table.Column<string>(maxLength: 50, nullable: false),
                    Port = table.Column<int>(nullable: false),
                    Transport = table.Column<string>(nullable: false),
                    UserAgent = table.Column<string>(maxLength: 100, nullable: true),
                    CallId = table.Column<string>(maxLength: 512, nullable: false),
                    CSeq = table.Column<long>(nullable: false),
                    Expires = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneBindings", x => x.SipUser);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PhoneBindings");

            migrationBuilder.DropColumn(
                name: "MediaEncryption",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Nat",
                table: "Trunks");
        }
    }
}
