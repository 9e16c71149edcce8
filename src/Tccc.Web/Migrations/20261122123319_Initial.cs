using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tccc.Web.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "AgentFacts",
                columns: table => new
                {
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Wants = table.Column<string>(nullable: false),
                    BreakReason = table.Column<string>(maxLength: 50, nullable: true),
                    Next = table.Column<string>(nullable: true),
                    NextBreakReason = table.Column<string>(maxLength: 50, nullable: true),
                    NextReason = table.Column<string>(nullable: false),
                    NextBy = table.Column<string>(nullable: false),
                    WrapUpUntil = table.Column<long>(nullable: true),
                    WrapUpHeld = table.Column<bool>(nullable: false),
                    Missed = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgentFacts", x => x.Agent);
                });

            migrationBuilder.CreateTable(
                name: "AgentStateChanges",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    From = table.Column<string>(nullable: false),
                    To = table.Column<string>(nullable: false),
                    Reason = table.Column<string>(nullable: false),
                    BreakReason = table.Column<string>(maxLength: 50, nullable: true),
                    By = table.Column<string>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgentStateChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CallAttempts",
                columns: table => new
                {
                    Call = table.Column<long>(nullable: false),
                    Offer = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    Device = table.Column<string>(nullable: false),
                    StartedAt = table.Column<long>(nullable: false),
                    EndedAt = table.Column<long>(nullable: false),
                    Outcome = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallAttempts", x => new { x.Call, x.Offer });
                });

            migrationBuilder.CreateTable(
                name: "CallHolds",
                columns: table => new
                {
                    Call = table.Column<long>(nullable: false),
                    StartedAt = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    EndedAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallHolds", x => new { x.Call, x.StartedAt });
                });

            migrationBuilder.CreateTable(
                name: "Calls",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Direction = table.Column<string>(nullable: false),
                    Customer = table.Column<string>(maxLength: 64, nullable: false),
                    Called = table.Column<string>(maxLength: 64, nullable: false),
                    Group = table.Column<long>(nullable: true),
                    Agent = table.Column<long>(nullable: true),
                    ArrivedAt = table.Column<long>(nullable: false),
                    AnsweredAt = table.Column<long>(nullable: true),
                    EndedAt = table.Column<long>(nullable: true),
                    RingMs = table.Column<long>(nullable: false),
                    TalkMs = table.Column<long>(nullable: false),
                    HoldMs = table.Column<long>(nullable: false),
                    Result = table.Column<string>(nullable: true),
                    Reason = table.Column<string>(nullable: true),
                    EndedBy = table.Column<string>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Calls", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Centers",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 100, nullable: false),
                    CreatedAt = table.Column<long>(nullable: false),
                    AutoAnswer = table.Column<bool>(nullable: false),
                    WrapUpSeconds = table.Column<int>(nullable: false),
                    ConnectionLostSeconds = table.Column<int>(nullable: false),
                    MissedCallsLimit = table.Column<int>(nullable: false),
                    ChatsPerAgent = table.Column<int>(nullable: false),
                    PlaceEverySeconds = table.Column<int>(nullable: false),
                    SayNobodySignedIn = table.Column<bool>(nullable: false),
                    HoldMusicSound = table.Column<long>(nullable: true),
                    TimeZone = table.Column<string>(maxLength: 60, nullable: false),
                    OutboundNumber = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Centers", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LastServed",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Customer = table.Column<string>(maxLength: 200, nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    At = table.Column<long>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LastServed", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Outbox",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Type = table.Column<string>(maxLength: 100, nullable: false),
                    Body = table.Column<string>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Outbox", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "People",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Email = table.Column<string>(maxLength: 254, nullable: false),
                    NormalizedEmail = table.Column<string>(maxLength: 254, nullable: false),
                    PasswordHash = table.Column<string>(maxLength: 200, nullable: true),
                    SecurityStamp = table.Column<string>(maxLength: 64, nullable: false),
                    AccessFailedCount = table.Column<int>(nullable: false),
                    LockoutEnd = table.Column<long>(nullable: true),
                    Mobile = table.Column<string>(maxLength: 20, nullable: true),
                    Language = table.Column<string>(maxLength: 10, nullable: true),
                    LastSignInAt = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_People", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BreakReasons",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    Position = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BreakReasons", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BreakReasons_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
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

            migrationBuilder.CreateTable(
                name: "Trunks",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    AllowedNetworks = table.Column<string>(maxLength: 500, nullable: false),
                    Host = table.Column<string>(maxLength: 200, nullable: false),
                    Port = table.Column<int>(nullable: false),
                    Transport = table.Column<string>(nullable: false),
                    Register = table.Column<bool>(nullable: false),
                    UserName = table.Column<string>(maxLength: 100, nullable: true),
                    ProtectedPassword = table.Column<string>(maxLength: 1000, nullable: true),
                    Codecs = table.Column<string>(maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Trunks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Trunks_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Agents",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Person = table.Column<long>(nullable: false),
                    Role = table.Column<string>(nullable: false),
                    Nickname = table.Column<string>(maxLength: 50, nullable: true),
                    StaffNumber = table.Column<string>(maxLength: 20, nullable: true),
                    AutoAnswer = table.Column<bool>(nullable: true),
                    LastVisitAt = table.Column<long>(nullable: true),
                    Disabled = table.Column<bool>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Agents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Agents_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Agents_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SkillGroups",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Number = table.Column<int>(nullable: false),
                    Name = table.Column<string>(maxLength: 50, nullable: false),
                    Strategy = table.Column<string>(nullable: false),
                    RingSeconds = table.Column<int>(nullable: false),
                    LongestWaitSeconds = table.Column<int>(nullable: false),
                    RelaxSeconds = table.Column<int>(nullable: false),
                    WhenWaitedTooLong = table.Column<string>(nullable: false),
                    OverflowGroup = table.Column<long>(nullable: true),
                    OverflowFlow = table.Column<string>(maxLength: 50, nullable: true),
                    Farewell = table.Column<long>(nullable: true),
                    HoldMusicSound = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SkillGroups", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SkillGroups_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SkillGroups_Sounds_Farewell",
                        column: x => x.Farewell,
                        principalTable: "Sounds",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_SkillGroups_Sounds_HoldMusicSound",
                        column: x => x.HoldMusicSound,
                        principalTable: "Sounds",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "DeskPhones",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Extension = table.Column<string>(maxLength: 20, nullable: false),
                    SipUser = table.Column<string>(maxLength: 50, nullable: false),
                    Ha1Md5 = table.Column<string>(maxLength: 32, nullable: false),
                    Ha1Sha256 = table.Column<string>(maxLength: 64, nullable: false),
                    BoundAgent = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeskPhones", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DeskPhones_Agents_BoundAgent",
                        column: x => x.BoundAgent,
                        principalTable: "Agents",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_DeskPhones_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "GroupMembers",
                columns: table => new
                {
                    Group = table.Column<long>(nullable: false),
                    Agent = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Level = table.Column<int>(nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupMembers", x => new { x.Group, x.Agent });
                    table.ForeignKey(
                        name: "FK_GroupMembers_Agents_Agent",
                        column: x => x.Agent,
                        principalTable: "Agents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_GroupMembers_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GroupMembers_SkillGroups_Group",
                        column: x => x.Group,
                        principalTable: "SkillGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Numbers",
                columns: table => new
                {
                    Id = table.Column<long>(nullable: false),
                    Center = table.Column<long>(nullable: false),
                    Digits = table.Column<string>(maxLength: 20, nullable: false),
                    Entry = table.Column<string>(nullable: false),
                    Group = table.Column<long>(nullable: true),
                    Agent = table.Column<long>(nullable: true),
                    Flow = table.Column<string>(maxLength: 50, nullable: true),
                    ClosedAnnouncement = table.Column<long>(nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Numbers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Numbers_Agents_Agent",
                        column: x => x.Agent,
                        principalTable: "Agents",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Numbers_Centers_Center",
                        column: x => x.Center,
                        principalTable: "Centers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Numbers_SkillGroups_Group",
                        column: x => x.Group,
                        principalTable: "SkillGroups",
                        principalColumn: "Id");
                    table.ForeignKey(
                        name: "FK_Numbers_Sounds_ClosedAnnouncement",
                        column: x => x.ClosedAnnouncement,
                        principalTable: "Sounds",
                        principalColumn: "Id");
                });

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

            migrationBuilder.CreateIndex(
                name: "IX_AgentFacts_Center",
                table: "AgentFacts",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_Agents_Center_StaffNumber",
                table: "Agents",
                columns: new[] { "Center", "StaffNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Agents_Person_Center",
                table: "Agents",
                columns: new[] { "Person", "Center" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AgentStateChanges_Agent_Id",
                table: "AgentStateChanges",
                columns: new[] { "Agent", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AgentStateChanges_Center_At",
                table: "AgentStateChanges",
                columns: new[] { "Center", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_BreakReasons_Center_Name",
                table: "BreakReasons",
                columns: new[] { "Center", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CallHolds_EndedAt",
                table: "CallHolds",
                column: "EndedAt",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Agent_ArrivedAt",
                table: "Calls",
                columns: new[] { "Agent", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_Center_ArrivedAt",
                table: "Calls",
                columns: new[] { "Center", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_EndedAt",
                table: "Calls",
                column: "EndedAt",
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Centers_Name",
                table: "Centers",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeskPhones_BoundAgent",
                table: "DeskPhones",
                column: "BoundAgent",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeskPhones_Center_Extension",
                table: "DeskPhones",
                columns: new[] { "Center", "Extension" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeskPhones_SipUser",
                table: "DeskPhones",
                column: "SipUser",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GroupMembers_Agent",
                table: "GroupMembers",
                column: "Agent");

            migrationBuilder.CreateIndex(
                name: "IX_GroupMembers_Center",
                table: "GroupMembers",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_LastServed_Center_At",
                table: "LastServed",
                columns: new[] { "Center", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_Agent",
                table: "Numbers",
                column: "Agent");

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_Center_Digits",
                table: "Numbers",
                columns: new[] { "Center", "Digits" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_ClosedAnnouncement",
                table: "Numbers",
                column: "ClosedAnnouncement");

            migrationBuilder.CreateIndex(
                name: "IX_Numbers_Group",
                table: "Numbers",
                column: "Group");

            migrationBuilder.CreateIndex(
                name: "IX_OpeningHours_Center",
                table: "OpeningHours",
                column: "Center");

            migrationBuilder.CreateIndex(
                name: "IX_OpeningHours_Number",
                table: "OpeningHours",
                column: "Number");

            migrationBuilder.CreateIndex(
                name: "IX_People_Mobile",
                table: "People",
                column: "Mobile",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_People_NormalizedEmail",
                table: "People",
                column: "NormalizedEmail",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_Center_Name",
                table: "SkillGroups",
                columns: new[] { "Center", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_Center_Number",
                table: "SkillGroups",
                columns: new[] { "Center", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_Farewell",
                table: "SkillGroups",
                column: "Farewell");

            migrationBuilder.CreateIndex(
                name: "IX_SkillGroups_HoldMusicSound",
                table: "SkillGroups",
                column: "HoldMusicSound");

            migrationBuilder.CreateIndex(
                name: "IX_Sounds_Center_Name",
                table: "Sounds",
                columns: new[] { "Center", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Trunks_Center_Name",
                table: "Trunks",
                columns: new[] { "Center", "Name" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AgentFacts");

            migrationBuilder.DropTable(
                name: "AgentStateChanges");

            migrationBuilder.DropTable(
                name: "BreakReasons");

            migrationBuilder.DropTable(
                name: "CallAttempts");

            migrationBuilder.DropTable(
                name: "CallHolds");

            migrationBuilder.DropTable(
                name: "Calls");

            migrationBuilder.DropTable(
                name: "DeskPhones");

            migrationBuilder.DropTable(
                name: "GroupMembers");

            migrationBuilder.DropTable(
                name: "LastServed");

            migrationBuilder.DropTable(
                name: "OpeningHours");

            migrationBuilder.DropTable(
                name: "Outbox");

            migrationBuilder.DropTable(
                name: "Trunks");

            migrationBuilder.DropTable(
                name: "Numbers");

            migrationBuilder.DropTable(
                name: "Agents");

            migrationBuilder.DropTable(
                name: "SkillGroups");

            migrationBuilder.DropTable(
                name: "People");

            migrationBuilder.DropTable(
                name: "Sounds");

            migrationBuilder.DropTable(
                name: "Centers");
        }
    }
}
