using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class CallQuality : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CallQualities",
                columns: table => new
                {
                    Call = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Legs = table.Column<string>(maxLength: 80000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallQualities", x => x.Call);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CallQualities");
        }
    }
}
