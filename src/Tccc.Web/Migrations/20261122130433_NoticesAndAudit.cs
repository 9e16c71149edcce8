using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class NoticesAndAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: true),
                    Person = table.Column<long>(nullable: true),
                    Actor = table.Column<long>(nullable: true),
                    What = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false),
                    Address = table.Column<string>(maxLength: 45, nullable: true),
                    Target = table.Column<string>(maxLength: 254, nullable: true),
                    Detail = table.Column<string>(maxLength: 254, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: true),
                    Person = table.Column<long>(nullable: true),
                    Kind = table.Column<string>(nullable: false),
                    To = table.Column<string>(maxLength: 254, nullable: false),
                    Language = table.Column<string>(maxLength: 10, nullable: false),
                    Text = table.Column<string>(maxLength: 40, nullable: false),
                    Values = table.Column<string>(nullable: false),
                    ProtectedSecret = table.Column<string>(nullable: true),
                    State = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false),
                    Due = table.Column<long>(nullable: false),
                    ExpiresAt = table.Column<long>(nullable: true),
                    Tries = table.Column<int>(nullable: false),
                    SentAt = table.Column<long>(nullable: true),
                    Fault = table.Column<string>(nullable: true),
                    Detail = table.Column<string>(maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_At",
                table: "Audit",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Center_Id",
                table: "Audit",
                columns: new[] { "Center", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Person_Id",
                table: "Audit",
                columns: new[] { "Person", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Center_Id",
                table: "Notices",
                columns: new[] { "Center", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Kind_Due",
                table: "Notices",
                columns: new[] { "Kind", "Due" },
                filter: "\"State\" = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_Person_Id",
                table: "Notices",
                columns: new[] { "Person", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "Notices");
        }
    }
}
