using Microsoft.AspNetCore.Http;

namespace Tccc.Platform;

/// <summary>Reads a posted form before anybody else does, and says what is wrong with one that can't be read.</summary>
internal static class FormsThatCanNotBeRead
{
    public static async Task<Error?> Refuse(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return null;
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new FormTooLarge();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // more fields than anybody has, a multipart body without its end, a boundary that is none
            return new FormBroken();
        }
    }
}

internal sealed record FormTooLarge() : Error(ErrorKind.TooLarge, "This is larger than the form can take.");

internal sealed record FormBroken() : Error(ErrorKind.Malformed, "The form did not arrive as it was sent. Go back and send it again.");
