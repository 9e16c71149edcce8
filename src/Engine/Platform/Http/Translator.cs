using System.Reflection;
using Microsoft.Extensions.Localization;

namespace Tccc.Platform;

/// <summary>An assembly that may have translations of its own.</summary>
internal sealed record Room(Assembly Assembly);

/// <summary>Translates text whose room is only known by an assembly, or not at all: errors, and sentences of validators.</summary>
internal sealed class Translator(IStringLocalizerFactory factory, IEnumerable<Room> rooms)
{
    /// <summary>In the language of the request; the English text itself when no room translates it.</summary>
    public string Say(Assembly declaredIn, string key, params object[] args)
    {
        foreach (var room in rooms.Select(room => room.Assembly).Prepend(declaredIn))
        {
            var name = room.GetName().Name!;
            var localizer = factory.Create($"{name}.{nameof(Texts)}", name);
            var text = args.Length == 0 ? localizer[key] : localizer[key, args];
            if (!text.ResourceNotFound) return text;
        }
        return args.Length == 0 ? key : string.Format(System.Globalization.CultureInfo.CurrentCulture, key, args);
    }
}
