using AngleSharp.Dom;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>The task list as it is drawn; product.md §3.</summary>
public class TasksTests
{
    private static TasksModel Tasks(CallView? call) => new(call, "Sales", CurrentCallTests.Now);

    [Theory]
    [InlineData("en", "Tasks", "Talking · Sales · 4000000001")]
    [InlineData("zh-CN", "任务", "通话中 · Sales · 4000000001")]
    public async Task The_task_list_has_the_running_call(string language, string name, string running)
    {
        var list = await Drawing.Of<Tasks>(language, Tasks(CurrentCallTests.Talking));
        Assert.Equal(name, Drawing.NameOf(list.One("ul")));
        Assert.Equal([running], list.Document.QuerySelectorAll("li .task-line").Select(l => l.TextContent.Trim()));
        Assert.Equal("true", list.One("#task-42").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task An_empty_task_list_says_what_will_be_there() =>
        Assert.Contains("Your current call shows here", (await Drawing.Of<Tasks>("en", Tasks(null))).Words, StringComparison.Ordinal);
}
