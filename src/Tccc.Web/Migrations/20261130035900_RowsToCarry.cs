using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Tccc.Platform;

namespace Tccc.Web.Migrations;

/// <summary>
/// Keeps aside what the next migration's new columns can't hold as it is, before their old ones go: opening hours by number, and the centers' outbound
/// numbers. <see cref="RowsCarried"/> puts it where it belongs now. Written by hand: a table that SQLite makes anew is made at the end of its migration, so
/// that nothing can be put into it before.
/// </summary>
[DbContext(typeof(TcccDb))]
[Migration("20261130035900_RowsToCarry")]
public sealed class RowsToCarry : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""CREATE TABLE "CarriedHours" AS SELECT "Id", "Center", "Number", "Day", "From", "Until" FROM "OpeningHours";""");
        migrationBuilder.Sql("""CREATE TABLE "CarriedOutbound" AS SELECT "OutboundNumber" AS "Number" FROM "Centers" WHERE "OutboundNumber" IS NOT NULL;""");
        // the old columns are made the new ones by another name: nothing may be left in them
        migrationBuilder.Sql("""DELETE FROM "OpeningHours";""");
        migrationBuilder.Sql("""UPDATE "Centers" SET "OutboundNumber" = NULL;""");
        // the name of a flow that never was is no id; PostgreSQL makes no number of a text by itself
        migrationBuilder.Sql("""UPDATE "Numbers" SET "Flow" = NULL;""");
        if (migrationBuilder.ActiveProvider != "Microsoft.EntityFrameworkCore.Sqlite")
            migrationBuilder.Sql("""ALTER TABLE "Numbers" ALTER COLUMN "Flow" TYPE bigint USING NULL;""");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("CarriedHours");
        migrationBuilder.DropTable("CarriedOutbound");
    }
}
