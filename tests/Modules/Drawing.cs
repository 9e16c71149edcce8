using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tccc.Platform.Look;

namespace Tccc.Modules.Tests;

/// <summary>A partial drawn in one language, looked at as a screen reader does: by role and name.</summary>
internal sealed partial class Drawing
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddLocalization().AddLook()
        .BuildServiceProvider();

    private Drawing(string html)
    {
        Html = html;
        Document = new HtmlParser().ParseDocument(html);
        // A morph may make one element out of another that has no id, and htmx leaves the old one's listeners on it: a press would do two
        // things.
        var pressed = Document.QuerySelectorAll("button, a, [hx-get], [hx-post], [hx-put], [hx-delete]").ToList();
        Assert.All(pressed, element => Assert.False(string.IsNullOrEmpty(element.Id), element.OuterHtml));
        Assert.Distinct(Document.QuerySelectorAll("[id]").Select(element => element.Id));
    }

    public string Html { get; }

    public IDocument Document { get; }

    public IElement Root => Document.Body!.FirstElementChild!;

    /// <summary>What a person reads of it all.</summary>
    public string Words => Tidy(Document.Body!.TextContent);

    public IReadOnlyList<string> Buttons => [.. Document.QuerySelectorAll("button").Select(NameOf)];

    public static async Task<Drawing> Of<TComponent>(string language, object model) where TComponent : IComponent
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await using var scope = Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return new(await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(
                ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = model }))).ToHtmlString()));
    }

    public IElement Button(string name) => Document.QuerySelectorAll("button").Single(b => NameOf(b) == name);

    public bool Has(string selector) => Document.QuerySelector(selector) is not null;

    public IElement One(string selector) => Document.QuerySelectorAll(selector).Single();

    public static string NameOf(IElement element) => element.GetAttribute("aria-label") ?? Tidy(element.TextContent);

    private static string Tidy(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
