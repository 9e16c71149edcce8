namespace Tccc.Platform;

/// <summary>
/// Marks this room's translations for <c>IStringLocalizer&lt;Texts&gt;</c>. Every room with texts has such a class, called Texts, in its
/// root namespace and root folder, beside Texts.zh-CN.resx; the key is the English text itself.
/// </summary>
public sealed class Texts
{
    private Texts()
    {
    }
}
