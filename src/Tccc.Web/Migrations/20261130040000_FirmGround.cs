using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class FirmGround : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_OpeningHours_Centers_Center",
                table: "OpeningHours");

            migrationBuilder.DropForeignKey(
                name: "FK_OpeningHours_Numbers_Number",
                table: "OpeningHours");

            migrationBuilder.DropPrimaryKey(
                name: "PK_OpeningHours",
                table: "OpeningHours");

            migrationBuilder.DropColumn(
                name: "Codecs",
                table: "Trunks");

            migrationBuilder.RenameTable(
                name: "OpeningHours",
                newName: "ScheduleHours");

            migrationBuilder.RenameColumn(
                name: "Flow",
                table: "Numbers",
                newName: "FlowId");

            migrationBuilder.RenameColumn(
                name: "OutboundNumber",
                table: "Centers",
                newName: "ChangedBy");

            migrationBuilder.RenameColumn(
                name: "Number",
                table: "ScheduleHours",
                newName: "Schedule");

            migrationBuilder.RenameIndex(
                name: "IX_OpeningHours_Number",
                table: "ScheduleHours",
                newName: "IX_ScheduleHours_Schedule");

            migrationBuilder.RenameIndex(
                name: "IX_OpeningHours_Center",
                table: "ScheduleHours",
                newName: "IX_ScheduleHours_Center");

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Trunks",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "Trunks",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MediaEncryption",
                table: "Trunks",
                nullable: false,
                defaultValue: "Off");

            migrationBuilder.AddColumn<bool>(
                name: "Nat",
                table: "Trunks",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Trunks",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Sounds",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "Sounds",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Sounds",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Asker",
                table: "SmsCodes",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Center",
                table: "SmsCodes",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Network",
                table: "SmsCodes",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Channels",
                table: "SkillGroups",
                nullable: false,
                defaultValue: "Phone, Chat");

            migrationBuilder.AddColumn<long>(
                name: "OutboundNumber",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Schedule",
                table: "SkillGroups",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "SkillGroups",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "PasswordExpiresAt",
                table: "People",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "PasswordIsInitial",
                table: "People",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AlterColumn<long>(
                name: "FlowId",
                table: "Numbers",
                nullable: true,
                oldClrType: typeof(string),
                oldMaxLength: 50,
                oldNullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Numbers",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "Numbers",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Outbound",
                table: "Numbers",
                nullable: false,
                defaultValue: "No");

            migrationBuilder.AddColumn<long>(
                name: "Schedule",
                table: "Numbers",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Numbers",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "DeskPhones",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "DeskPhones",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "DeskPhones",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Centers",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Country",
                table: "Centers",
                maxLength: 3,
                nullable: false,
                defaultValue: "86");

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Centers",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ChangedAt",
                table: "Agents",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangedBy",
                table: "Agents",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Version",
                table: "Agents",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddPrimaryKey(
                name: "PK_ScheduleHours",
                table: "ScheduleHours",
                column: "Id");

            migrationBuilder.CreateTable(
                name: "CallNotes",
                columns: table => new
                {
                    Call = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    At = table.Column<long>(nullable: false),
                    Text = table.Column<string>(maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallNotes", x => new { x.Call, x.Agent });
                });

            migrationBuilder.CreateTable(
                name: "Customers",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 100, nullable: false),
                    Company = table.Column<string>(maxLength: 100, nullable: false),
                    Tags = table.Column<string>(maxLength: 620, nullable: false),
                    CreatedAt = table.Column<long>(nullable: false),
                    MergedInto = table.Column<long>(nullable: true),
                    Root = table.Column<long>(nullable: false),
                    Version = table.Column<long>(nullable: false),
                    ChangedBy = table.Column<long>(nullable: true),
                    ChangedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Customers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Customers_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MissedSeen",
                columns: table => new
                {
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MissedSeen", x => x.Agent);
                });

            migrationBuilder.CreateTable(
                name: "PhoneBindings",
                columns: table => new
                {
                    SipUser = table.Column<string>(maxLength: 50, nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Contact = table.Column<string>(maxLength: 500, nullable: false),
                    Address = table.Column<string>(maxLength: 50, nullable: false),
                    Port = table.Column<int>(nullable: false),
                    Transport = table.Column<string>(nullable: false),
                    UserAgent = table.Column<string>(maxLength: 100, nullable: true),
                    CallId = table.Column<string>(maxLength: 512, nullable: false),
                    CSeq = table.Column<long>(nullable: false),
                    Expires = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneBindings", x => x.SipUser);
                });

            migrationBuilder.CreateTable(
                name: "Schedules",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    TimeZone = table.Column<string>(maxLength: 60, nullable: false),
                    Version = table.Column<long>(nullable: false),
                    ChangedBy = table.Column<long>(nullable: true),
                    ChangedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Schedules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Schedules_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SurveyAnswers",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Contact = table.Column<long>(nullable: false),
                    Channel = table.Column<string>(nullable: false),
                    Customer = table.Column<long>(nullable: true),
                    Group = table.Column<long>(nullable: true),
                    SurveyVersion = table.Column<long>(nullable: true),
                    Score = table.Column<int>(nullable: false),
                    Tags = table.Column<string>(maxLength: 620, nullable: false),
                    Comment = table.Column<string>(maxLength: 1000, nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SurveyAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SurveyAnswers_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WrongPasswords",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Person = table.Column<long>(nullable: false),
                    Origin = table.Column<string>(maxLength: 40, nullable: false),
                    Count = table.Column<int>(nullable: false),
                    LockedUntil = table.Column<long>(nullable: true),
                    LastAt = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WrongPasswords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WrongPasswords_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CustomerKeys",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Customer = table.Column<long>(nullable: false),
                    Kind = table.Column<string>(nullable: false),
                    Value = table.Column<string>(maxLength: 254, nullable: false),
                    Position = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerKeys", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerKeys_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CustomerKeys_Customers_Customer",
                        column: x => x.Customer,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CustomerNotes",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Customer = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    At = table.Column<long>(nullable: false),
                    Text = table.Column<string>(maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CustomerNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CustomerNotes_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CustomerNotes_Customers_Customer",
                        column: x => x.Customer,
                        principalTable: "Customers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ScheduleExceptions",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Schedule = table.Column<long>(nullable: false),
                    First = table.Column<DateOnly>(nullable: false),
                    Last = table.Column<DateOnly>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    Hours = table.Column<string>(maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduleExceptions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScheduleExceptions_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ScheduleExceptions_Schedules_Schedule",
                        column: x => x.Schedule,
                        principalTable: "Schedules",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SurveyAnswerAgents",
                columns: table => new
                {
                    Answer = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SurveyAnswerAgents", x => new { x.Answer, x.Agent });
                    table.ForeignKey(
                        name: "FK_SurveyAnswerAgents_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SurveyAnswerAgents_SurveyAnswers_Answer",
                        column: x => x.Answer,
                        principalTable: "SurveyAnswers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Center",
                table: "SmsCodes",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_SmsCodes_Network",
                table: "SmsCodes",
                column: "Network");

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_Schedule",
                table: "SkillGroups",
                column: "Schedule");

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_OneDefault",
                table: "Numbers",
                column: "Center",
                unique: true,
                filter: "\"Outbound\" = 'Default'");

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_Schedule",
                table: "Numbers",
                column: "Schedule");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_Customer_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "Customer", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CallAttempts_Agent_Offer",
                table: "CallAttempts",
                columns: new[] { "Agent", "Offer" });

            migrationBuilder.CreateIndex(
                name: "IX_CustomerKeys_Center_Kind_Value",
                table: "CustomerKeys",
                columns: new[] { "Center", "Kind", "Value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CustomerKeys_Customer",
                table: "CustomerKeys",
                column: "Customer");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerNotes_Center",
                table: "CustomerNotes",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_CustomerNotes_Customer_Id",
                table: "CustomerNotes",
                columns: new[] { "Customer", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_Center_Name",
                table: "Customers",
                columns: new[] { "Center", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_Center_Root",
                table: "Customers",
                columns: new[] { "Center", "Root" });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleExceptions_Center",
                table: "ScheduleExceptions",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduleExceptions_Schedule",
                table: "ScheduleExceptions",
                column: "Schedule");

            migrationBuilder.CreateIndex(
                name: "IX_Schedules_Center_Name",
                table: "Schedules",
                columns: new[] { "Center", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswerAgents_Agent",
                table: "SurveyAnswerAgents",
                column: "Agent");

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswerAgents_Center",
                table: "SurveyAnswerAgents",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswers_Center_At",
                table: "SurveyAnswers",
                columns: new[] { "Center", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_SurveyAnswers_Contact",
                table: "SurveyAnswers",
                column: "Contact",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WrongPasswords_LastAt",
                table: "WrongPasswords",
                column: "LastAt");

            migrationBuilder.CreateIndex(
                name: "IX_WrongPasswords_Person_Origin",
                table: "WrongPasswords",
                columns: new[] { "Person", "Origin" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Numbers_Schedules_Schedule",
                table: "Numbers",
                column: "Schedule",
                principalTable: "Schedules",
                principalColumn: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_ScheduleHours_Centers_Center",
                table: "ScheduleHours",
                column: "Center",
                principalTable: "Centers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_ScheduleHours_Schedules_Schedule",
                table: "ScheduleHours",
                column: "Schedule",
                principalTable: "Schedules",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "FK_SkillGroups_Schedules_Schedule",
                table: "SkillGroups",
                column: "Schedule",
                principalTable: "Schedules",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Numbers_Schedules_Schedule",
                table: "Numbers");

            migrationBuilder.DropForeignKey(
                name: "FK_ScheduleHours_Centers_Center",
                table: "ScheduleHours");

            migrationBuilder.DropForeignKey(
                name: "FK_ScheduleHours_Schedules_Schedule",
                table: "ScheduleHours");

            migrationBuilder.DropForeignKey(
                name: "FK_SkillGroups_Schedules_Schedule",
                table: "SkillGroups");

            migrationBuilder.DropTable(
                name: "CallNotes");

            migrationBuilder.DropTable(
                name: "CustomerKeys");

            migrationBuilder.DropTable(
                name: "CustomerNotes");

            migrationBuilder.DropTable(
                name: "MissedSeen");

            migrationBuilder.DropTable(
                name: "PhoneBindings");

            migrationBuilder.DropTable(
                name: "ScheduleExceptions");

            migrationBuilder.DropTable(
                name: "SurveyAnswerAgents");

            migrationBuilder.DropTable(
                name: "WrongPasswords");

            migrationBuilder.DropTable(
                name: "Customers");

            migrationBuilder.DropTable(
                name: "Schedules");

            migrationBuilder.DropTable(
                name: "SurveyAnswers");

            migrationBuilder.DropIndex(
                name: "IX_SmsCodes_Center",
                table: "SmsCodes");

            migrationBuilder.DropIndex(
                name: "IX_SmsCodes_Network",
                table: "SmsCodes");

            migrationBuilder.DropIndex(
                name: "IX_SkillGroups_Schedule",
                table: "SkillGroups");

            migrationBuilder.DropIndex(
                name: "IX_Numbers_OneDefault",
                table: "Numbers");

            migrationBuilder.DropIndex(
                name: "IX_Numbers_Schedule",
                table: "Numbers");

            migrationBuilder.DropIndex(
                name: "IX_Calls_Center_Customer_ArrivedAt",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_CallAttempts_Agent_Offer",
                table: "CallAttempts");

            migrationBuilder.DropPrimaryKey(
                name: "PK_ScheduleHours",
                table: "ScheduleHours");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "MediaEncryption",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Nat",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Trunks");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Sounds");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "Sounds");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Sounds");

            migrationBuilder.DropColumn(
                name: "Asker",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "Center",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "Network",
                table: "SmsCodes");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "Channels",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "OutboundNumber",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "Schedule",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "SkillGroups");

            migrationBuilder.DropColumn(
                name: "PasswordExpiresAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "PasswordIsInitial",
                table: "People");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "Outbound",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "Schedule",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Numbers");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "DeskPhones");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "DeskPhones");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "DeskPhones");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Centers");

            migrationBuilder.DropColumn(
                name: "Country",
                table: "Centers");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Centers");

            migrationBuilder.DropColumn(
                name: "ChangedAt",
                table: "Agents");

            migrationBuilder.DropColumn(
                name: "ChangedBy",
                table: "Agents");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Agents");

            migrationBuilder.RenameTable(
                name: "ScheduleHours",
                newName: "OpeningHours");

            migrationBuilder.RenameColumn(
                name: "FlowId",
                table: "Numbers",
                newName: "Flow");

            migrationBuilder.RenameColumn(
                name: "ChangedBy",
                table: "Centers",
                newName: "OutboundNumber");

            migrationBuilder.RenameColumn(
                name: "Schedule",
                table: "OpeningHours",
                newName: "Number");

            migrationBuilder.RenameIndex(
                name: "IX_ScheduleHours_Schedule",
                table: "OpeningHours",
                newName: "IX_OpeningHours_Number");

            migrationBuilder.RenameIndex(
                name: "IX_ScheduleHours_Center",
                table: "OpeningHours",
                newName: "IX_OpeningHours_Center");

            migrationBuilder.AddColumn<string>(
                name: "Codecs",
                table: "Trunks",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AlterColumn<string>(
                name: "Flow",
                table: "Numbers",
                maxLength: 50,
                nullable: true,
                oldClrType: typeof(long),
                oldNullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_OpeningHours",
                table: "OpeningHours",
                column: "Id");

            migrationBuilder.AddForeignKey(
                name: "FK_OpeningHours_Centers_Center",
                table: "OpeningHours",
                column: "Center",
                principalTable: "Centers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_OpeningHours_Numbers_Number",
                table: "OpeningHours",
                column: "Number",
                principalTable: "Numbers",
                principalColumn: "Id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
