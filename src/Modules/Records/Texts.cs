namespace Tccc.Records;

/// <summary>Names the room's words; the key is the English text, Texts.zh-CN.resx has the Chinese.</summary>
public sealed class Texts;
