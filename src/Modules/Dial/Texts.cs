namespace Tccc.Dial;

/// <summary>Names the room's words; the key is the English text, Texts.zh-CN.resx has the Chinese.</summary>
internal sealed class Texts;
