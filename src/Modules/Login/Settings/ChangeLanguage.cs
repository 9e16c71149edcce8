using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>The person's language, on every computer from now on; product.md §3 «Settings menu».</summary>
internal static class ChangeLanguage
{
    public const string Address = "/settings/language";

    public sealed record NotSpoken() : Error(ErrorKind.Invalid, "The pages are available in Chinese and English only.");

    public sealed record Command(PersonId Person, string? Language) : IRequest<Result>;

    public sealed class Handler(Writer writer, Centers centers) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (Languages.Match(request.Language) is not { } language) return new NotSpoken();
            await writer.Write(
                db => db.Set<Person>().Where(p => p.Id == request.Person)
                    .ExecuteUpdateAsync(p => p.SetProperty(r => r.Language, language.Name), CancellationToken.None));
            await centers.Reload(request.Person);
            return Result.Done;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http) => Pages.Of<LanguagePage>(http, null));

        app.MapPost(
            Address,
            async (HttpContext http, IMediator mediator, CurrentAgent me, [FromForm] string? language,
                [FromForm(Name = "return")] string? back) =>
            (await mediator.Send(new Command(me.Person, language), CancellationToken.None))
                .Match(() => http.Response.GoTo(LocalAddress.OrNull(back) ?? Address)));
    }
}
