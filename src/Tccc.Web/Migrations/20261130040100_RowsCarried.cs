using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Tccc.Platform;

namespace Tccc.Web.Migrations;

/// <summary>
/// Puts what <see cref="RowsToCarry"/> kept aside where it belongs now: each number's hours become opening hours of their own, named by the number and with its
/// id (ids are unique over all tables), in the center's time zone; the centers' outbound numbers are the defaults.
/// </summary>
[DbContext(typeof(TcccDb))]
[Migration("20261130040100_RowsCarried")]
public sealed class RowsCarried : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            INSERT INTO "Schedules" ("Id", "Center", "Name", "TimeZone", "Version")
            SELECT n."Id", n."Center", n."Digits", c."TimeZone", 1
            FROM "Numbers" n JOIN "Centers" c ON c."Id" = n."Center"
            WHERE n."Id" IN (SELECT "Number" FROM "CarriedHours");
            """);
        migrationBuilder.Sql(
            """
            INSERT INTO "ScheduleHours" ("Id", "Center", "Schedule", "Day", "From", "Until")
            SELECT "Id", "Center", "Number", "Day", "From", "Until" FROM "CarriedHours";
            """);
        migrationBuilder.Sql("""UPDATE "Numbers" SET "Schedule" = "Id" WHERE "Id" IN (SELECT "Number" FROM "CarriedHours");""");
        migrationBuilder.Sql("""UPDATE "Numbers" SET "Outbound" = 'Default' WHERE "Id" IN (SELECT "Number" FROM "CarriedOutbound");""");
        migrationBuilder.Sql("""DROP TABLE "CarriedHours";""");
        migrationBuilder.Sql("""DROP TABLE "CarriedOutbound";""");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Opening hours can't go back to the numbers.");
}
