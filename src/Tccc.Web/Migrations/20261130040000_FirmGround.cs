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

            migrationBuilder.AddColumn<string>(
                name: "Asker",
                table: "SmsCodes",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Center",
                table: "SmsCodes",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "SmsCodes",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "PasswordExpiresAt",
                table: "People",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "PasswordIsInitial",
                table: "People",
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

            migrationBuilder.CreateTable(
                name: "WrongPasswords",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Person = table.Column<long>(nullable: false),
                    Origin = table.Column<string>(maxLength: 40, nullable: false),
                    Count = table.Column<int>(nullable: false),
                    LockedUntil = table.Column<long>(nullable: true),
                    LastAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WrongPasswords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WrongPasswords_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Center",
                table: "SmsCodes",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Network",
                table: "SmsCodes",
                column: "Network");

            migrationBuilder.CreateIndex(
                name: "IX_WrongPasswords_LastAt",
                table: "WrongPasswords",
                column: "LastAt");

            migrationBuilder.CreateIndex(
                name: "IX_WrongPasswords_Person_Origin",
                table: "WrongPasswords",
                columns: new[] { "Person", "Origin" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PhoneBindings");

            migrationBuilder.DropTable(
                name: "WrongPasswords");

            migrationBuilder.DropIndex(
                name: "IX_SmsCodes_Center",
                table: "SmsCodes");

            migrationBuilder.DropIndex(
                name: "IX_SmsCodes_Network",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "MediaEncryption",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Nat",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Asker",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "Center",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "PasswordExpiresAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "PasswordIsInitial",
                table: "People");
        }
    }
}
