using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class CallsInParts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Parts",
                table: "Calls",
                maxLength: 20000,
                nullable: true);

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

            // what was a row for each hold becomes parts; a call from before without one tells no more than its sums
            migrationBuilder.Sql(
                """
                UPDATE "Calls" SET "Parts" = (
                    SELECT '[{"kind":"Waiting","ms":' || (("Calls"."AnsweredAt" - "Calls"."ArrivedAt") / 1000) || '},'
                        || string_agg(
                            '{"kind":"Talk","ms":' || ((s."From" - COALESCE(s."Before", "Calls"."AnsweredAt")) / 1000) || ',"agent":' || s."Agent"
                            || '},{"kind":"Hold","ms":' || ((s."Until" - s."From") / 1000) || ',"agent":' || s."Agent" || '}', ',' ORDER BY s."From")
                        || ',{"kind":"Talk","ms":' || ((COALESCE("Calls"."EndedAt", MAX(s."Until")) - MAX(s."Until")) / 1000) || '}]'
                    FROM (
                        SELECT h."StartedAt" AS "From", COALESCE(h."EndedAt", h."StartedAt") AS "Until", h."Agent",
                            LAG(COALESCE(h."EndedAt", h."StartedAt")) OVER (ORDER BY h."StartedAt") AS "Before"
                        FROM "CallHolds" AS h WHERE h."Call" = "Calls"."Id") AS s)
                WHERE "AnsweredAt" IS NOT NULL AND "EndedAt" IS NOT NULL
                    AND "Id" IN (SELECT "Call" FROM "CallHolds" GROUP BY "Call" HAVING COUNT(*) <= 100);
                """);
            // what was up when the server died: its end is told by this, whatever was hold of it
            migrationBuilder.Sql(
                """
                UPDATE "Calls" SET "Parts" = '[{"kind":"Waiting","ms":' || ((COALESCE("AnsweredAt", "ArrivedAt" + "RingMs" * 1000) - "ArrivedAt") / 1000)
                    || '},{"kind":"Talk","ms":' || ("TalkMs" + "HoldMs") || '}]'
                WHERE "EndedAt" IS NULL AND "Parts" IS NULL;
                """);

            migrationBuilder.DropTable(
                name: "CallHolds");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Parts",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Rang",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "SipCause",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "SipStatus",
                table: "Calls");

            migrationBuilder.CreateTable(
                name: "CallHolds",
                columns: table => new
                {
                    Call = table.Column<long>(nullable: false),
                    StartedAt = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    EndedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallHolds", x => new { x.Call, x.StartedAt });
                });

            migrationBuilder.CreateIndex(
                name: "IX_CallHolds_EndedAt",
                table: "CallHolds",
                column: "EndedAt",
                filter: "\"EndedAt\" IS NULL");
        }
    }
}
