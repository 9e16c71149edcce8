using System.Net;

namespace Tccc.Records.Tests;

/// <summary>What a stranger gets of the records.</summary>
public sealed class AccessTests : RecordsCenter
{
    [Fact]
    public async Task A_stranger_is_sent_away()
    {
        using var stranger = center.Stranger();
        foreach (var path in new[] { "/records/calls", "/records/calls.csv", "/records/calls/1" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(At(path))).StatusCode);
    }
}
