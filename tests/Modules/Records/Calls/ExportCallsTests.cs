using System.Net;
using System.Text;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Records.Tests;

/// <summary>The list as a table for a spreadsheet; product.md §12.</summary>
public sealed class ExportCallsTests : RecordsCenter
{
    private const string Csv = "/records/calls.csv";

    [Fact]
    public async Task It_holds_what_the_filter_shows_in_utf_8_with_its_mark_and_nothing_in_it_is_a_formula()
    {
        var (plus, evil, lost) = (Call(TestCenter.Amy, "+8613800138000"), Call(TestCenter.Bob, "=1+1,\"a\""), Call(null, ""));
        (lost.Result, lost.Reason, lost.AnsweredAt) = (CallResult.Abandoned, CallEndReason.GaveUpInQueue, null);
        await Store(plus, evil, lost, Call(TestCenter.Nora, "333", of: TestCenter.Other));
        using var answer = await lee.GetAsync(At(Csv));
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition.FileName, StringComparison.Ordinal);
        Assert.Equal("3", answer.Headers.GetValues(ExportCalls.RowsHeader).Single());
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Lines(bytes);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("Direction,Number,Number of the center,Group,Agent,Arrived (Asia/Shanghai),", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Inbound,Withheld number,4000000001,Sales,,2026-03-02 1", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Abandoned,Hung up in the queue,the customer", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("Inbound,\"'=1+1,\"\"a\"\"\",", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("Inbound,'+8613800138000,", lines[3], StringComparison.Ordinal);
        Assert.EndsWith(",5,0,60,0,Served,Hung up,the customer", lines[3], StringComparison.Ordinal);
        Assert.Equal(2, (await Table(lee, "?ending=Served")).Length - 1);
        Assert.Single(await Table(lee, "?ending=Busy"));
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\uFF201", "'\uFF201")]
    [InlineData("1-1", "1-1")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("", "")]
    public void A_cell_is_text_whatever_it_begins_with(string text, string cell) => Assert.Equal(cell + "\r\n", Records.Csv.Line([text]));

    [Fact]
    public async Task Every_call_is_in_it_once_over_several_steps_in_the_order_of_the_list()
    {
        // many of the same moment where a step ends
        var calls = Enumerable.Range(0, (2 * ExportCalls.StepSize) + 7)
            .Select(i => Call(TestCenter.Amy, $"138{i:00000000}", at: Morning.AddSeconds(i / 30))).ToArray();
        await Store(calls);
        var expected = calls.OrderByDescending(c => c.ArrivedAt).ThenByDescending(c => c.Id.Value).Select(c => c.Customer);
        Assert.Equal(expected, (await Table(lee)).Skip(1).Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task An_agent_gets_their_own_and_what_others_calls_hold_is_noted_in_the_audit_trail()
    {
        await Store(Call(TestCenter.Amy, "111"), Call(TestCenter.Bob, "222"));
        Assert.Equal("111", Assert.Single((await Table(amy)).Skip(1)).Split(',')[1]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await amy.GetAsync(At($"{Csv}?agent={TestCenter.Bob}"))).StatusCode);
        Assert.Equal(3, (await Table(lee)).Length);
        Assert.Contains(await Looks(AuditWhat.RecordsSeen), look => look.Target!.StartsWith("CSV", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_in_the_readers_language()
    {
        await Store(Call(TestCenter.Amy, "111"));
        using var reader = await center.As(Supervisor, "zh-CN");
        var lines = await Table(reader);
        Assert.StartsWith("方向,号码,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("呼入,111,", lines[1], StringComparison.Ordinal);
    }

    private static async Task<string[]> Table(HttpClient reader, string query = "")
    {
        using var answer = await reader.GetAsync(At(Csv + query));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Lines(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string[] Lines(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
