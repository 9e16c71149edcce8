using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class AdministeredCenter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "HoldMusic",
                table: "SkillGroups");

            migrationBuilder.AddColumn<long>(
                name: "HoldMusicSound",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Farewell",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClosedAnnouncement",
                table: "Numbers",
                nullable: true);

            migrationBuilder.DropColumn(
                name: "HoldMusic",
                table: "Centers");

            migrationBuilder.AddColumn<long>(
                name: "HoldMusicSound",
                table: "Centers",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TimeZone",
                table: "Centers",
                maxLength: 60,
                nullable: false,
                defaultValue: "Asia/Shanghai");

            migrationBuilder.AddColumn<bool>(
                name: "Disabled",
                table: "Agents",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "OpeningHours",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Number = table.Column<long>(nullable: false),
                    Day = table.Column<string>(nullable: false),
                    From = table.Column<int>(nullable: false),
                    Until = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpeningHours", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpeningHours_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_OpeningHours_Numbers_Number",
                        column: x => x.Number,
                        principalTable: "Numbers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Sounds",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    Text = table.Column<string>(maxLength: 1000, nullable: true),
                    Voice = table.Column<string>(maxLength: 20, nullable: true),
                    Milliseconds = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sounds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Sounds_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_Farewell",
                table: "SkillGroups",
                column: "Farewell");

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_HoldMusicSound",
                table: "SkillGroups",
                column: "HoldMusicSound");

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_ClosedAnnouncement",
                table: "Numbers",
                column: "ClosedAnnouncement");

            migrationBuilder.CreateIndex(
                name: "IX_OpeningHours_Center",
                table: "OpeningHours",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_OpeningHours_Number",
                table: "OpeningHours",
                column: "Number");

            migrationBuilder.CreateIndex(
                name: "IX_Sounds_Center_Name",
                table: "Sounds",
                columns: new[] { "Center", "Name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Numbers_Sounds_ClosedAnnouncement",
                table: "Numbers",
                column: "ClosedAnnouncement",
                principalTable: "Sounds",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_SkillGroups_Sounds_Farewell",
                table: "SkillGroups",
                column: "Farewell",
                principalTable: "Sounds",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_SkillGroups_Sounds_HoldMusicSound",
                table: "SkillGroups",
                column: "HoldMusicSound",
                principalTable: "Sounds",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Numbers_Sounds_ClosedAnnouncement",
                table: "Numbers");

            migrationBuilder.DropForeignKey(
                name: "FK_SkillGroups_Sounds_Farewell",
                table: "SkillGroups");

            migrationBuilder.DropForeignKey(
                name: "FK_SkillGroups_Sounds_HoldMusicSound",
                table: "SkillGroups");

            migrationBuilder.DropTable(
                name: "OpeningHours");

            migrationBuilder.DropTable(
                name: "Sounds");

            migrationBuilder.DropIndex(
                name: "IX_SkillGroups_Farewell",
                table: "SkillGroups");

            migrationBuilder.DropIndex(
                name: "IX_SkillGroups_HoldMusicSound",
                table: "SkillGroups");

            migrationBuilder.DropIndex(
                name: "IX_Numbers_ClosedAnnouncement",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "Farewell",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "ClosedAnnouncement",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "TimeZone",
                table: "Centers");

            migrationBuilder.DropColumn(
                name: "Disabled",
                table: "Agents");

            migrationBuilder.DropColumn(
                name: "HoldMusicSound",
                table: "SkillGroups");

            migrationBuilder.AddColumn<string>(
                name: "HoldMusic",
                table: "SkillGroups",
                maxLength: 200,
                nullable: true);

            migrationBuilder.DropColumn(
                name: "HoldMusicSound",
                table: "Centers");

            migrationBuilder.AddColumn<string>(
                name: "HoldMusic",
                table: "Centers",
                maxLength: 200,
                nullable: true);
        }
    }
}
