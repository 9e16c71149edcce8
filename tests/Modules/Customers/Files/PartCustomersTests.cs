using System.Net;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Platform;

namespace Tccc.Customers.Tests;

/// <summary>Parting undoes a merging exactly: each has what it had; product.md §3 «customer card».</summary>
public sealed class PartCustomersTests : Room
{
    [Fact]
    public async Task After_merging_and_parting_each_has_what_it_had()
    {
        var (into, from) = await Two();
        var before = (await Stored(into), await Stored(from));
        await Merge(into, "01082345678");
        Assert.NotEqual(before, (await Stored(into), await Stored(from)));
        await Part(into, from);
        Assert.Equal(before, (await Stored(into), await Stored(from)));
        Assert.Equal((AuditWhat.CustomersParted, "Zhang Wei", "Mr Zhang"), await LastDone());
        var listed = (await Page(lee, "/customers")).QuerySelectorAll(".cell-name").Select(cell => cell.TextContent);
        Assert.Equal(["Mr Zhang", "Zhang Wei"], listed);
    }

    [Fact]
    public async Task One_that_had_others_merged_into_it_takes_them_along()
    {
        var (into, from) = await Two();
        var third = await Known("Z. W.", (CustomerKeyKind.Email, "zw@example.com"));
        await Merge(from, "zw@example.com");
        var before = (await Stored(into), await Stored(from), await Stored(third));
        await Merge(into, "zw@example.com");
        Assert.Equal(into, (await Read(db => db.CustomerFile(TestCenter.Center, third)))!.Customer.Id);
        await Part(into, from);
        Assert.Equal(before, (await Stored(into), await Stored(from), await Stored(third)));
        await Part(from, third);
        Assert.All([into, from, third], id => Assert.Equal(id, Read(db => db.CustomerFile(TestCenter.Center, id)).Result!.Customer.Id));
    }

    [Fact]
    public async Task What_was_written_while_they_were_one_stays_with_the_one_that_was_shown()
    {
        var (into, from) = await Two();
        await Merge(into, "01082345678");
        await Post(lee, $"/customers/{into}/notes", ("Text", "while they were one"));
        await Part(into, from);
        Assert.Contains("while they were one", (await Page(lee, $"/customers/{into}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("while they were one", (await Page(lee, $"/customers/{from}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_merged_into_it_as_it_is_now_is_parted_from_a_customer()
    {
        var (into, from) = await Two();
        Assert.Equal(HttpStatusCode.NotFound, (await lee.DeleteAsync(At($"/customers/{into}/merges/{from}?version=1"))).StatusCode);
        await Merge(into, "01082345678");
        Assert.Equal(HttpStatusCode.Conflict, (await lee.DeleteAsync(At($"/customers/{into}/merges/{from}?version=1"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await lee.DeleteAsync(At($"/customers/{into}/merges/{from}"))).StatusCode);
        Assert.Single((await Page(lee, $"/customers/{into}")).QuerySelectorAll(".customer-merged li"));
    }

    private async Task<(CustomerId Into, CustomerId From)> Two()
    {
        var into = await Known("Zhang Wei", (CustomerKeyKind.Number, International), (CustomerKeyKind.Email, "wei@example.com"));
        var from = await Known("Mr Zhang", "+861082345678");
        await Noted(into, "of the one");
        await Noted(from, "of the other");
        return (into, from);
    }

    private async Task Merge(CustomerId into, string other)
    {
        var version = await Version(into);
        var merged = await Post(lee, $"/customers/{into}/merges", ("Version", $"{version}"), ("Other", other));
        Assert.Equal(HttpStatusCode.SeeOther, merged.StatusCode);
    }

    private async Task Part(CustomerId from, CustomerId merged)
    {
        var version = await Version(from);
        var parted = await lee.DeleteAsync(At($"/customers/{from}/merges/{merged}?version={version}"));
        Assert.Equal(HttpStatusCode.SeeOther, parted.StatusCode);
    }

    private Task<long> Version(CustomerId id) =>
        Read(db => db.Of<Customer>(TestCenter.Center).Where(c => c.Id == id).Select(c => c.Version).SingleAsync());

    /// <summary>All that a reader sees of a customer, and the rows behind it but for the count of changes.</summary>
    private Task<string> Stored(CustomerId id) => Read(async db =>
    {
        var row = await db.Of<Customer>(TestCenter.Center).SingleAsync(c => c.Id == id);
        var file = (await db.CustomerFile(TestCenter.Center, id))!;
        return string.Join('|', [
            $"{row.Name} {row.MergedInto} {row.Root} {file.Name}",
            .. file.Keys.Select(k => $"{k.Kind} {k.Value} {k.Customer}"),
            .. file.Notes.Select(n => $"{n.Text} {n.Customer}"),
        ]);
    });
}
