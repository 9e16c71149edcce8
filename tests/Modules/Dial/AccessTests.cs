using System.Net;

namespace Tccc.Dial.Tests;

/// <summary>What a stranger gets of Dial's pages.</summary>
public sealed class AccessTests : DialCenter
{
    [Theory]
    [InlineData("/waiting")]
    [InlineData("/history")]
    [InlineData("/why-not-me")]
    public async Task A_stranger_reads_nothing(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await center.Stranger().GetAsync(At(path))).StatusCode);
}
