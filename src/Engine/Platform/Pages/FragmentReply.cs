using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>What a command answers to the page it came from.</summary>
public static class FragmentReply
{
    /// <summary>
    /// The fragment as it is now; or the refusal, and then the fragment is drawn anew on the agent's stream, because a click that
    /// was refused came from a page that showed something old.
    /// </summary>
    public static IResult ToFragment(this Result result, string fragment) => new Answer(result, fragment);

    private sealed class Answer(Result result, string fragment) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var services = httpContext.RequestServices;
            var scope = services.GetRequiredService<CurrentAgent>().Scope;
            if (result.Error is { } error)
            {
                services.GetRequiredService<WorkbenchStreams>().Refresh(scope.Agent, fragment);
                await error.ToHttp().ExecuteAsync(httpContext);
                return;
            }
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            await httpContext.Response.WriteAsync(
                await services.GetRequiredService<Fragments>().Render(fragment, scope), httpContext.RequestAborted);
        }
    }
}
