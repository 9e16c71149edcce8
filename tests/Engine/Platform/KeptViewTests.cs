using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Tccc.Platform.Tests;

public sealed class KeptViewTests
{
    private sealed record Model(string Word);

    private sealed class Part : ComponentBase;

    private sealed class OtherPart : ComponentBase;

    [Fact]
    public void A_view_is_kept_for_its_component_its_model_and_its_language()
    {
        var kept = new KeptViews();
        Speak(Languages.English);
        kept.Keep(View("a"), "drawn");
        Assert.Equal("drawn", kept.Find(View("a")));
        Assert.Null(kept.Find(View("b")));
        Assert.Null(kept.Find(FragmentView.Kept<OtherPart>("Model", new Model("a"))));
        Speak(Languages.Chinese);
        Assert.Null(kept.Find(View("a")));
    }

    [Fact]
    public void A_view_that_is_somebodys_own_is_never_kept()
    {
        var kept = new KeptViews();
        var view = FragmentView.Of<Part>(("Model", new Model("a")));
        kept.Keep(view, "drawn");
        Assert.Null(kept.Find(view));
    }

    [Fact]
    public void More_than_there_can_be_are_drawn_anew()
    {
        var kept = new KeptViews();
        Speak(Languages.English);
        for (var i = 0; i <= KeptViews.AtMost; i++) kept.Keep(View($"{i}"), "drawn");
        Assert.Null(kept.Find(View("0")));
        Assert.Equal("drawn", kept.Find(View($"{KeptViews.AtMost}")));
    }

    private static FragmentView View(string word) => FragmentView.Kept<Part>("Model", new Model(word));

    private static void Speak(CultureInfo language) => CultureInfo.CurrentUICulture = language;
}
