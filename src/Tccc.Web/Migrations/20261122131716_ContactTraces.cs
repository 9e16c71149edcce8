using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class ContactTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ContactTraces",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Contact = table.Column<long>(nullable: false),
                    Decisions = table.Column<string>(nullable: false),
                    Forgotten = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactTraces", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContactTraces_Contact",
                table: "ContactTraces",
                column: "Contact");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactTraces");
        }
    }
}
