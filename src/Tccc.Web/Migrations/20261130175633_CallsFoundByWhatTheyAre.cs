using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class CallsFoundByWhatTheyAre : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_Agent_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_Customer_ArrivedAt",
                table: "Calls");

            migrationBuilder.AddColumn<string>(
                name: "CustomerTail",
                table: "Calls",
                maxLength: 8,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ArrivedAt",
                table: "CallAttempts",
                nullable: false,
                defaultValue: 0L);

            // rows that are there get what new ones have (written by hand); the last eight digits backwards, as CallRecord.TailOf makes it
            migrationBuilder.Sql(migrationBuilder.ActiveProvider == "Microsoft.EntityFrameworkCore.Sqlite"
                ? """
                  UPDATE "Calls" SET "CustomerTail" = (
                      WITH RECURSIVE walk(rest, tail) AS (
                          SELECT "Calls"."Customer", ''
                          UNION ALL
                          SELECT substr(rest, 1, length(rest) - 1), CASE WHEN substr(rest, -1) BETWEEN '0' AND '9' THEN tail || substr(rest, -1) ELSE tail END
                          FROM walk WHERE rest <> '' AND length(tail) < 8)
                      SELECT tail FROM walk ORDER BY length(rest) LIMIT 1);
                  """
                : """UPDATE "Calls" SET "CustomerTail" = reverse(right(regexp_replace("Customer", '[^0-9]', '', 'g'), 8));""");
            migrationBuilder.Sql(
                """
                UPDATE "CallAttempts" SET "ArrivedAt" = COALESCE(
                    (SELECT c."ArrivedAt" FROM "Calls" c WHERE c."Id" = "CallAttempts"."Call"), "StartedAt");
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Agent_ArrivedAt",
                table: "Calls",
                columns: new[] { "Agent", "ArrivedAt" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "ArrivedAt" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_CustomerTail_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "CustomerTail", "ArrivedAt" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_Direction_Result_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "Direction", "Result", "ArrivedAt" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_Group_Direction_Result_ArrivedAt_Reason",
                table: "Calls",
                columns: new[] { "Center", "Group", "Direction", "Result", "ArrivedAt", "Reason" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_Reason_Direction_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "Reason", "Direction", "ArrivedAt" },
                filter: "\"EndedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CallAttempts_Agent_ArrivedAt_Call",
                table: "CallAttempts",
                columns: new[] { "Agent", "ArrivedAt", "Call" },
                filter: "\"Outcome\" = 'Accepted'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_Agent_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_CustomerTail_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_Direction_Result_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_Group_Direction_Result_ArrivedAt_Reason",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_Reason_Direction_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_CallAttempts_Agent_ArrivedAt_Call",
                table: "CallAttempts");

            migrationBuilder.DropColumn(
                name: "CustomerTail",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "ArrivedAt",
                table: "CallAttempts");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Agent_ArrivedAt",
                table: "Calls",
                columns: new[] { "Agent", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_Customer_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "Customer", "ArrivedAt" });
        }
    }
}
