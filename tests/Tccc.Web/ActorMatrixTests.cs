using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Web.Tests;

/// <summary>Everybody asks for everything: nobody gets what the table of rights does not give them, and nothing breaks.</summary>
[Collection(OneSite.Name)]
public sealed class ActorMatrixTests(Site site)
{
    private const string Anonymous = "anonymous";
    private const string Disabled = "disabled";
    private const string Elsewhere = "administrator of another center";

    [Theory, Trait("Case", "F-C3")]
    [InlineData(Anonymous)]
    [InlineData(nameof(Role.Agent))]
    [InlineData(nameof(Role.Supervisor))]
    [InlineData(nameof(Role.Administrator))]
    [InlineData(Elsewhere)]
    [InlineData(Disabled)]
    public async Task Nobody_gets_what_their_role_may_not_have_and_nothing_breaks(string who)
    {
        var rows = await TheirRows();
        var wrong = new List<string>();
        using var actor = await Actor(who, "matrix");
        var token = who == Anonymous ? "" : await actor.Token("/settings/profile");
        foreach (var route in Routes.Of(site).Where(r => !Ends(r)))
        {
            foreach (var htmx in (bool[])[true, false])
            {
                var path = route.Filled(place => rows(route, place)) + (route.Pattern == "/workbench/stream" ? "?workbench=matrix" : "");
                using var form = route.Method == "POST" ? new StringContent("nothing=1", null, "application/x-www-form-urlencoded") : null;
                var status = (int)await actor.Ask(new(route.Method), path, token, htmx, form);
                var may = route.IsOpen || May(who, route.Policies.Single());
                if (status >= 500 && status != 503) wrong.Add($"{route} broke: {status}");
                if (!may && status is >= 200 and < 300) wrong.Add($"{route} was answered: {status}");
                // a kind of body that no route takes is refused before anybody is asked who they are
                if (!may && who is not (Anonymous or Disabled) && status is not (403 or 415))
                    wrong.Add($"{route} is not theirs by role, and said {status}");
                // what is another center's is not there, whatever is done to it
                if (who == Elsewhere && may
                    && Array.Exists(["/admin/", "/customers/"], part => route.Pattern.StartsWith(part, StringComparison.Ordinal))
                    && route.Pattern.Contains('{', StringComparison.Ordinal)
                    && !route.Pattern.StartsWith("/admin/jobs", StringComparison.Ordinal) && status != 404
                    // an empty form is refused as such, before anybody looks for the row
                    && !(route.Method == "POST" && status is 422 or 415))
                    wrong.Add($"{route} of another center said {status}");
            }
        }
        Assert.Empty(wrong);
    }

    // the session would be over for the rest; each has tests of its own
    private static bool Ends(Route route) => route.Pattern is "/logout" or "/logout/everywhere";

    private static bool May(string who, string policy) => who switch
    {
        Anonymous or Disabled => false,
        _ when policy is Access.Account or Access.Person => true,
        Elsewhere => Role.Administrator.May(RightOf(policy)),
        _ => Enum.Parse<Role>(who).May(RightOf(policy)),
    };

    private static Right RightOf(string policy) => Enum.GetValues<Right>().Single(right => Rights.Policy(right) == policy);

    private async Task<Visitor> Actor(string who, string name)
    {
        if (who == Anonymous) return site.Visit();
        var center = who == Elsewhere ? site.South : site.North;
        var agent =
            new Agent { Nickname = name, Role = who is Disabled
                ? Role.Administrator
                : Enum.TryParse<Role>(who, out var role)
                ? role
                : Role.Administrator };
        var email = $"{name}-{who.Replace(' ', '-')}@test.example".ToLowerInvariant();
        await site.Person(email, (center, agent));
        var visitor = await site.SignedIn(email);
        await visitor.Enter(center.Id, online: false);
        if (who != Disabled) return visitor;
        await site.Services.GetRequiredService<Writer>()
            .Write(db => db.Set<Agent>().Where(a => a.Id == agent.Id).ExecuteUpdateAsync(a => a.SetProperty(r => r.Disabled, true)));
        await site.Services.GetRequiredService<Centers>().Reload(center.Id);
        return visitor;
    }

    /// <summary>For each place in a pattern the id of a row of the center North that has no other use.</summary>
    private async Task<Func<Route, string, string>> TheirRows()
    {
        var ids = site.Services.GetRequiredService<IdSource>();
        var unique = ids.Next().ToString(CultureInfo.InvariantCulture)[^6..];
        var group =
            new SkillGroup { Id = ids.Next<GroupId>(), Center = site.North.Id, Number = int.Parse(unique, null),
                Name = "Matrix " + unique };
        var number =
            new Number { Id = ids.Next<NumberId>(), Center = site.North.Id, Digits = "9557" + unique, Entry = NumberEntry.Group,
                Group = group.Id };
        var trunk = new Trunk { Id = ids.Next<TrunkId>(), Center = site.North.Id, Name = "Matrix " + unique, Host = "192.0.2.1" };
        var phone = new DeskPhone { Id = ids.Next<PhoneId>(), Center = site.North.Id, Extension = unique, SipUser = unique + "-north" };
        var sound = new Sound { Id = ids.Next<SoundId>(), Center = site.North.Id, Name = "Matrix " + unique };
        var known = ids.Next<CustomerId>();
        var customer = new Customer { Id = known, Root = known, Center = site.North.Id, Name = "Matrix " + unique };
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.AddRange(group, number, trunk, phone, sound, customer);
            return Task.CompletedTask;
        });
        var victim = await site.NewAgent($"victim-{unique}@test.example");
        await site.Services.GetRequiredService<Centers>().Reload(site.North.Id);
        return (route, _) => route.Pattern.Split('/') switch
        {
            [_, "admin", "people", ..] => victim.Id.ToString(),
            [_, "admin", "groups", ..] => group.Id.ToString(),
            [_, "admin", "numbers", ..] => number.Id.ToString(),
            [_, "admin", "trunks", ..] => trunk.Id.ToString(),
            [_, "admin", "phones", ..] => phone.Id.ToString(),
            [_, "admin", "sounds", ..] => sound.Id.ToString(),
            [_, "admin", "jobs", ..] => "",
            [_, "customers", ..] => customer.Id.ToString(),
            _ => "471147114711",
        };
    }
}
