using System.Net;
using Tccc.Directory;
using Tccc.Modules.Tests;

namespace Tccc.Customers.Tests;

/// <summary>The card's form: in its place, for the customer in hand and those served before, and nobody else's.</summary>
public sealed class EditCustomerTests : Room
{
    [Fact]
    public async Task The_form_of_a_known_customer_has_what_is_stored_and_its_version()
    {
        var customer = await Known("Zhang Wei", (CustomerKeyKind.Number, International), (CustomerKeyKind.Email, "zhang@example.com"));
        await Rings(TestCenter.Bob, National);
        var form = await Page(bob, $"/customers/{customer}/edit");
        Assert.Equal("Zhang Wei", form.QuerySelector("#field-Name")!.GetAttribute("value"));
        Assert.Equal(National, form.QuerySelector("#field-Numbers")!.TextContent);
        Assert.Equal("zhang@example.com", form.QuerySelector("#field-Emails")!.TextContent);
        Assert.Equal("1", form.QuerySelector("input[name=Version]")!.GetAttribute("value"));
        // the note's field would be lost with the form
        Assert.Null(form.QuerySelector("#note-text"));
    }

    [Fact]
    public async Task The_form_of_who_is_not_known_begins_with_the_number()
    {
        await Rings(TestCenter.Bob, International);
        var edit = (await Page(bob, ShowCard.Address)).QuerySelector("#customer-edit")!.GetAttribute("hx-get")!;
        var form = await Page(bob, edit);
        Assert.Equal(National, form.QuerySelector("#field-Numbers")!.TextContent);
        Assert.Null(form.QuerySelector("input[name=Version]"));
    }

    [Fact]
    public async Task An_agent_gets_no_form_of_whom_they_never_served()
    {
        var customer = await Known("Zhang Wei", International);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(At($"/customers/{customer}/edit"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.GetAsync(At($"/customers/edit?number={National}"))).StatusCode);
        await Called("013800138000", TestCenter.Bob);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(At($"/customers/{customer}/edit"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(At($"/customers/edit?number={National}"))).StatusCode);
    }
}
