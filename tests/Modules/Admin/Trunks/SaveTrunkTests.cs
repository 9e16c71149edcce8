using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SaveTrunkTests(Site site)
{
    private static (string, string)[] Trunk(string name, string networks = "192.0.2.0/24", params (string, string)[] more) =>
    [
        ("Name", name), ("Host", "sip.example.com"), ("Port", "5060"), ("Transport", "Udp"),
        ("AllowedNetworks", networks), .. more,
    ];

    [Theory]
    [InlineData("203.0.113.77/24, 198.51.100.7", "203.0.113.0/24, 198.51.100.7/32")]
    [InlineData("2001:db8::1/32", "2001:db8::/32"), Trait("Case", "F-B8")]
    [InlineData("2001:db8:0:7::/64, ::ffff:198.51.100.0/120", "2001:db8:0:7::/64, 198.51.100.0/24")]
    public async Task Networks_are_stored_as_they_are_meant(string typed, string stored)
    {
        using var ada = await Administrator.Of(site, $"net-{stored.Length}@test.example");
        Assert.Equal(
            "/admin/trunks?done=saved",
            (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Net " + stored.Length, typed))).Location);
        Assert.Equal(stored, ada.Center.Trunks.Single(t => t.Name == "Net " + stored.Length).AllowedNetworks);
    }

    [Fact]
    [Trait("Case", "F-B9")]
    [Trait("Case", "F-C5")]
    public async Task A_trunk_keeps_whether_its_sound_is_encrypted_and_where_it_may_come_from()
    {
        using var ada = await Administrator.Of(site, "encrypted@test.example");
        Assert.Contains(
            "list", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Odd", more: ("MediaEncryption", "Perhaps"))))
                .At("MediaEncryption"), StringComparison.Ordinal);
        await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Encrypted", more: [("MediaEncryption", "Required"), ("Nat", "true")]));
        var trunk = ada.Center.Trunks.Single(t => t.Name == "Encrypted");
        Assert.Equal((MediaEncryption.Required, true), (trunk.MediaEncryption, trunk.Nat));
        var page = (await ada.Visitor.Get($"/admin/trunks/{trunk.Id}")).Page;
        Assert.Equal("Required", page.QuerySelector("select[name=MediaEncryption] option[selected]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("input[name=Nat][checked]"));
        await ada.Save($"/admin/trunks/{trunk.Id}", $"/admin/trunks/{trunk.Id}", Trunk("Encrypted"));
        Assert.Equal(
            (MediaEncryption.Off, false),
            ada.Center.Trunks.Where(t => t.Name == "Encrypted").Select(t => (t.MediaEncryption, t.Nat)).Single());
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.1")]
    [InlineData("sip.example.com")]
    [InlineData("10.0.0.0/8/8")]
    public async Task A_network_that_is_none_is_refused_at_its_field(string typed)
    {
        using var ada = await Administrator.Of(site, $"bad-net-{typed.Length}-{typed[^1]}@test.example");
        Assert.Contains(
            "Enter networks", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Bad net", typed))).At("AllowedNetworks"),
            StringComparison.Ordinal);
    }

    [Fact, Trait("Case", "F-B9")]
    public async Task A_trunk_over_TLS_is_offered_and_kept()
    {
        using var ada = await Administrator.Of(site, "tls@test.example");
        Assert.NotNull((await ada.Visitor.Get("/admin/trunks/new")).Page.QuerySelector("select[name=Transport] option[value=Tls]"));
        var fields = Trunk("Secure").Where(f => f.Item1 is not ("Transport" or "Port")).Concat([("Transport", "Tls"), ("Port", "5061")]);
        Assert.Equal("/admin/trunks?done=saved", (await ada.Save("/admin/trunks/new", "/admin/trunks", [.. fields])).Location);
        Assert.Equal(TrunkTransport.Tls, ada.Center.Trunks.Single(t => t.Name == "Secure").Transport);
    }

    [Fact]
    public async Task A_trunk_without_registration_needs_a_network_and_with_it_a_user()
    {
        using var ada = await Administrator.Of(site, "needs@test.example");
        Assert.Contains(
            "at least one", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Needs", ""))).At("AllowedNetworks"),
            StringComparison.Ordinal);
        Assert.Contains(
            "user name", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Needs", "", ("Register", "true")))).At("UserName"),
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-D12")]
    public async Task A_password_that_a_refusal_threw_away_is_asked_for_again_and_registering_needs_one()
    {
        using var ada = await Administrator.Of(site, "again@test.example");
        (string, string)[] typed =
            [.. Trunk("Again").Where(f => f.Item1 != "Port"), ("Register", "true"), ("UserName", "me"), ("Password", "s3cret-of-trunk")];
        var refused = await ada.Save("/admin/trunks/new", "/admin/trunks", [.. typed, ("Port", "none")]);
        Assert.Equal("Enter the password again: it was not kept.", refused.Page.QuerySelector("#field-Password-hint")!.TextContent);
        Assert.DoesNotContain("s3cret-of-trunk", refused.Text, StringComparison.Ordinal);
        var forgotten =
            await ada.Save("/admin/trunks/new", "/admin/trunks", [.. typed.Where(f => f.Item1 != "Password"), ("Port", "5060")]);
        Assert.Equal("Registering needs a password.", forgotten.At("Password"));
        Assert.Equal(
            "/admin/trunks?done=saved", (await ada.Save("/admin/trunks/new", "/admin/trunks", [.. typed, ("Port", "5060")])).Location);
    }

    [Fact]
    public async Task The_password_of_a_trunk_is_written_and_never_shown_and_an_empty_one_keeps_it()
    {
        using var ada = await Administrator.Of(site, "write-only@test.example");
        await ada.Save(
            "/admin/trunks/new", "/admin/trunks", Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("Password", "s3cret-of-trunk")));
        Trunk Now() => ada.Center.Trunks.Single(t => t.Name == "Secret");
        var passwords = site.Services.GetRequiredService<TrunkPasswords>();
        Assert.Equal("s3cret-of-trunk", passwords.Of(Now()));
        var page = $"/admin/trunks/{Now().Id}";
        Assert.DoesNotContain("s3cret-of-trunk", (await ada.Visitor.Get(page)).Text, StringComparison.Ordinal);
        await ada.Save(page, page, Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("Password", "")));
        Assert.Equal("s3cret-of-trunk", passwords.Of(Now()));
        await ada.Save(page, page, Trunk("Secret", "192.0.2.0/24", ("UserName", "me"), ("ForgetPassword", "true")));
        Assert.Null(passwords.Of(Now()));
    }

    [Theory]
    [Trait("Case", "F-C2")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("128.0.0.0/1")]
    [InlineData("0.0.0.0/1, 128.0.0.0/1")]
    [InlineData("2000::/3")]
    [InlineData("::ffff:0.0.0.0/96")]
    public async Task A_network_as_wide_as_the_world_needs_a_user_and_a_password(string network)
    {
        using var ada = await Administrator.Of(site, $"wide-{network.Length}@test.example");
        var (name, user) = ($"Wide {network}", $"carrier-{network.Length}");
        var refused = await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk(name, network));
        Assert.Contains("lets almost anybody in", refused.At("AllowedNetworks"), StringComparison.Ordinal);
        var saved =
            await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk(name, network, ("UserName", user), ("Password", "s3cret")));
        Assert.Equal("/admin/trunks?done=saved", saved.Location);
        var page = $"/admin/trunks/{ada.Center.Trunks.Single(t => t.Name == name).Id}";
        var forgotten = await ada.Save(page, page, Trunk(name, network, ("UserName", user), ("ForgetPassword", "true")));
        Assert.Contains("lets almost anybody in", forgotten.At("AllowedNetworks"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Case", "F-C2")]
    public async Task A_trunk_that_may_call_from_anywhere_has_a_user_that_is_nobody_elses_on_the_server()
    {
        using var ada = await Administrator.Of(site, "same-user@test.example");
        await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6177"), ("Agent", ""));
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Trunk
            {
                Id = site.Services.GetRequiredService<IdSource>().Next<TrunkId>(), Center = site.South.Id, Name = "Open",
                Host = "sip.example.com", AllowedNetworks = "0.0.0.0/0", UserName = "anywhere", ProtectedPassword = "x",
            });
            return Task.CompletedTask;
        });
        foreach (var user in (string[])["anywhere", "6177"])
        {
            var same = Trunk("Same", "::/0", ("UserName", user), ("Password", "s3cret"));
            var refused = await ada.Save("/admin/trunks/new", "/admin/trunks", same);
            Assert.Contains("signs in by this name", refused.At("UserName"), StringComparison.Ordinal);
            Assert.DoesNotContain("South", refused.Page.Body!.TextContent, StringComparison.Ordinal);
        }
        // one that is known by its address may have any
        var near = Trunk("Near", "198.51.100.96/27", ("UserName", "anywhere"), ("Password", "s3cret"));
        Assert.Equal("/admin/trunks?done=saved", (await ada.Save("/admin/trunks/new", "/admin/trunks", near)).Location);
        await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Digits", "::/0", ("UserName", "6178"), ("Password", "s3cret")));
        await ada.Save("/admin/phones/new", "/admin/phones", ("Extension", "6178"), ("Agent", ""));
        Assert.NotEqual("6178", ada.Center.Phones.Values.Single(p => p.Extension == "6178").SipUser);
    }

    [Fact]
    [Trait("Case", "F-C2")]
    public async Task A_part_of_another_centers_network_is_refused_and_the_same_carrier_is_not()
    {
        using var ada = await Administrator.Of(site, "overlap@test.example");
        await site.Services.GetRequiredService<Writer>().Write(db =>
        {
            db.Add(new Trunk
            {
                Id = site.Services.GetRequiredService<IdSource>()
                    .Next<TrunkId>(), Center = site.South.Id, Name = "Southern", Host = "sip.example.com",
                AllowedNetworks = "100.64.0.0/16",
            });
            return Task.CompletedTask;
        });
        foreach (var part in (string[])["100.64.7.7", "100.64.0.0/17", "100.0.0.0/8"])
        {
            var refused = await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Part", part));
            Assert.Contains("overlaps part of a network that is in use on this server", refused.At("AllowedNetworks"), StringComparison.Ordinal);
            Assert.DoesNotContain("South", refused.Page.Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.Equal(
            "/admin/trunks?done=saved", (await ada.Save("/admin/trunks/new", "/admin/trunks", Trunk("Shared", "100.64.0.0/16"))).Location);
    }
}
