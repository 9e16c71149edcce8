namespace Tccc.Web.Demo;

/// <summary>Names the words of the demo pages; DemoTexts.zh-CN.resx has the Chinese.</summary>
internal sealed class DemoTexts;
