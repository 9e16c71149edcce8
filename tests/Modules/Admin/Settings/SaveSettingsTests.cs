using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;

namespace Tccc.Admin.Tests;

[Collection(AdminSite.Name)]
public sealed class SaveSettingsTests(Site site)
{
    [Fact]
    public async Task Settings_out_of_their_bounds_are_refused_at_the_field_in_both_languages()
    {
        using var ada = await Administrator.Of(site, "settings@test.example");
        (string, string)[] Settings(string wrapUp, string reasons) =>
        [
            ("Name", "North"), ("TimeZone", "Asia/Shanghai"), ("Country", "86"), ("WrapUpSeconds", wrapUp), ("ConnectionLostSeconds", "30"),
            ("MissedCallsLimit", "3"), ("PlaceEverySeconds", "30"), ("BreakReasons", reasons),
        ];
        Assert.Equal(
            "Enter 0 to 600 seconds.",
            (await ada.Save("/admin/settings", "/admin/settings", Settings("601", "Lunch"))).At("WrapUpSeconds"));
        Assert.Equal(
            "请输入 0 至 600 秒。",
            (await ada.Save("/admin/settings?lang=zh-CN", "/admin/settings", Settings("601", "Lunch"))).At("WrapUpSeconds"));
        Assert.Equal("有重复的原因。", (await ada.Save("/admin/settings", "/admin/settings", Settings("30", "Lunch\nlunch"))).At("BreakReasons"));
        Assert.Equal(
            "/admin/settings?done=saved",
            (await ada.Save("/admin/settings", "/admin/settings", Settings("30", "Lunch\nTraining"))).Location);
        Assert.Equal(["Lunch", "Training"], ada.Center.BreakReasons.Select(r => r.Name));
    }
}
