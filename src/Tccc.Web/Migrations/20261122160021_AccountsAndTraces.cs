using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class AccountsAndTraces : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "OverflowFlow",
                table: "SkillGroups");

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
                name: "IX_ContactTraces_Contact",
                table: "ContactTraces",
                column: "Contact");

            migrationBuilder.CreateIndex(
                name: "IX_EndedSessions_EndedAt",
                table: "EndedSessions",
                column: "EndedAt");

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
                name: "Audit");

            migrationBuilder.DropTable(
                name: "ContactTraces");

            migrationBuilder.DropTable(
                name: "EndedSessions");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "SmsCodes");

            migrationBuilder.AddColumn<string>(
                name: "OverflowFlow",
                table: "SkillGroups",
                maxLength: 50,
                nullable: true);
        }
    }
}
