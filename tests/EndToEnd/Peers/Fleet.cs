using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EndToEnd.Peers;

/// <summary>
/// Agents of group Sales, each bound to a desk phone, put into a stopped server's database: for load that needs more people than the demo
/// center has.
/// </summary>
internal static class Fleet
{
    public const int FirstExtension = 8101;

    private const long FirstId = 9_000_000;
    private const string Realm = "tccc";

    public static string Account(int index) => $"desk{index.ToString(CultureInfo.InvariantCulture)}";

    public static string Extension(int index) => (FirstExtension + index).ToString(CultureInfo.InvariantCulture);

    public static string PhonePassword(int index) => "Phone#" + Extension(index);

    /// <summary>Adds <paramref name="count"/> agents and takes everybody else out of Sales.</summary>
    public static void AddTo(Server server, int count)
    {
        server.Change("delete from GroupMembers where \"Group\" = (select Id from SkillGroups where Name = 'Sales' order by Id limit 1)");
        for (var i = 0; i < count; i++)
        {
            var id = FirstId + i;
            var mail = Account(i) + "@demo.test";
            server.Change($"""
                insert into People (Id, Email, NormalizedEmail, PasswordHash, SecurityStamp, AccessFailedCount, Mobile)
                  select {id}, '{mail}', '{mail.ToUpperInvariant()}', PasswordHash, SecurityStamp, 0, '1390{id}' from People where Email = 'amy@demo.test';
                insert into Agents (Id, Center, Person, Role, Nickname, StaffNumber, Disabled)
                  select {id}, Center, {id}, 'Agent', 'Desk {i}', '{7000 + i}', 0 from SkillGroups where Name = 'Sales' order by Id limit 1;
                insert into GroupMembers ("Group", Agent, Center, Level)
                  select Id, {id}, Center, 5 from SkillGroups where Name = 'Sales' order by Id limit 1;
                {PhoneOf(id, Extension(i), PhonePassword(i))}
                """);
        }
    }

    /// <summary>Binds a desk phone of the demo center to one of its agents.</summary>
    public static void Bind(Server server, string extension, string account) => server.Change(
        $"update DeskPhones set BoundAgent = (select a.Id from Agents a join People p on p.Id = a.Person where p.Email = '{account}@demo.test' and a.Center = DeskPhones.Center) where Extension = '{extension}'");

    private static string PhoneOf(long agent, string user, string password)
    {
        var secret = Encoding.UTF8.GetBytes($"{user}:{Realm}:{password}");
#pragma warning disable CA5351 // what digest authentication is made of
        var md5 = Convert.ToHexStringLower(MD5.HashData(secret));
#pragma warning restore CA5351
        return $"""
            insert into DeskPhones (Id, Center, Extension, SipUser, Ha1Md5, Ha1Sha256, BoundAgent)
              select {agent}, Center, '{user}', '{user}', '{md5}', '', {agent} from Agents where Id = {agent};
            """;
    }
}
