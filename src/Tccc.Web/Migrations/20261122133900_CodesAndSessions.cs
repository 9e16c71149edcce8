using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class CodesAndSessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EndedSessions",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    EndedAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EndedSessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SmsCodes",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Purpose = table.Column<string>(nullable: false),
                    Mobile = table.Column<string>(maxLength: 20, nullable: false),
                    Person = table.Column<long>(nullable: true),
                    Salt = table.Column<byte[]>(nullable: false),
                    Hash = table.Column<byte[]>(nullable: false),
                    SentAt = table.Column<long>(nullable: false),
                    Tries = table.Column<int>(nullable: false),
                    Used = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SmsCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SmsCodes_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EndedSessions_EndedAt",
                table: "EndedSessions",
                column: "EndedAt");

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Mobile_SentAt",
                table: "SmsCodes",
                columns: new[] { "Mobile", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Person",
                table: "SmsCodes",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_SentAt",
                table: "SmsCodes",
                column: "SentAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EndedSessions");

            migrationBuilder.DropTable(
                name: "SmsCodes");
        }
    }
}
