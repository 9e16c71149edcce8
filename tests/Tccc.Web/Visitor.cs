using System.Net;
using System.Net.Sockets;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Tccc.Web.Tests;

/// <summary>
/// Somebody with a browser that runs no scripts, at a network address of their own: keeps cookies, sends forms with their tokens, does not
/// follow redirects by itself.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private static int visitors;

    private readonly HttpClient http;

    public Visitor(Uri address, string language, IPAddress? from = null)
    {
        var number = Interlocked.Increment(ref visitors);
        Address = from ?? new([127, 1, (byte)(number >> 8), (byte)number]);
        var handler =
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies,
                AutomaticDecompression = DecompressionMethods.None, ConnectCallback = Connect };
        http = new HttpClient(handler) { BaseAddress = address };
        http.DefaultRequestHeaders.Add("Accept-Language", language);
        http.DefaultRequestHeaders.Add("Accept", "text/html,*/*;q=0.8");
    }

    public IPAddress Address { get; }

    /// <summary>What every request from now on has in its head, as of a proxy.</summary>
    public void Says(string name, string value) => http.DefaultRequestHeaders.Add(name, value);

    public CookieContainer Cookies { get; } = new();

    public async Task<Answer> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }
        return await Answer.Of(await http.SendAsync(request));
    }

    /// <summary>Fills in the form that posts to <paramref name="path"/> on the page <paramref name="on"/>, and sends it.</summary>
    public async Task<Answer> Send(string on, string path, params (string Name, string Value)[] fields) =>
        await Post(path, await FillIn(on, path, fields));

    /// <summary>The form that posts to <paramref name="path"/>, filled in and not sent yet.</summary>
    public async Task<KeyValuePair<string, string>[]> FillIn(string on, string path, params (string Name, string Value)[] fields)
    {
        var page = (await Get(on)).Page;
        var form = page.QuerySelectorAll<IHtmlFormElement>("form[method=post]").SingleOrDefault(f => f.GetAttribute("action") == path)
            ?? throw new InvalidOperationException($"{on} has no one form for {path}: {page.Body!.TextContent.Trim()}");
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => KeyValuePair.Create(i.Name!, i.Value));
        return [.. hidden, .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))];
    }

    public async Task<Answer> Post(string path, params KeyValuePair<string, string>[] fields) =>
        await Answer.Of(await http.PostAsync(path, new FormUrlEncodedContent(fields)));

    /// <summary>Fills in a form with a file, and sends it.</summary>
    public async Task<Answer> Upload(
        string on, string path, string field, string fileName, byte[] content, params (string Name, string Value)[] fields)
    {
        var token = (await Get(on)).Page.QuerySelector<IHtmlInputElement>($"form[action='{path}'] input[type=hidden]")!;
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Prepend((token.Name!, token.Value))) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(content), field, fileName);
        return await Answer.Of(await http.PostAsync(path, form));
    }

    /// <summary>A request as htmx makes it, with the token of the page <paramref name="on"/>.</summary>
    public Task<Answer> Htmx(HttpMethod method, string path, string on, params (string Name, string Value)[] fields) =>
        Htmx(method, path, on, [], fields);

    /// <summary>With more of what htmx says about itself.</summary>
    public async Task<Answer> Htmx(
        HttpMethod method, string path, string on, (string Name, string Value)[] headers, params (string Name, string Value)[] fields)
    {
        var token = (await Get(on)).Page.QuerySelector("meta[name=csrf]")?.GetAttribute("content");
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("RequestVerificationToken", token);
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        if (fields.Length > 0) request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await Answer.Of(await http.SendAsync(request));
    }

    /// <summary>The token of a page; empty when the page has none or is not shown.</summary>
    public async Task<string> Token(string on)
    {
        var page = (await Get(on)).Page;
        return page.QuerySelector("meta[name=csrf]")?.GetAttribute("content") ?? page.QuerySelector("input[name^='__Request']")
            ?.GetAttribute("value") ?? "";
    }

    /// <summary>A request of any kind; only its status counts, so that an event stream need not end.</summary>
    public async Task<HttpStatusCode> Ask(HttpMethod method, string path, string token, bool htmx, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (htmx) request.Headers.Add("HX-Request", "true");
        if (token.Length > 0) request.Headers.Add("RequestVerificationToken", token);
        // what is refused for its length is refused before it is sent
        if (body is not null) request.Headers.ExpectContinue = true;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    /// <summary>The bytes of a page as they came, and how they were packed.</summary>
    public async Task<(byte[] Bytes, string? Encoding)> Raw(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", accept);
        using var response = await http.SendAsync(request);
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    /// <summary>As a form with a file in it is sent.</summary>
    public async Task<Answer> PostParts(string path, params KeyValuePair<string, string>[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        return await Answer.Of(await http.PostAsync(path, form));
    }

    /// <summary>Clicks «Delete» on the page of that address, which carries the number of the row as it was drawn.</summary>
    public async Task<Answer> Delete(string page)
    {
        var button = (await Get(page)).Page.QuerySelectorAll("[hx-delete]")
            .Single(b => b.GetAttribute("hx-delete")!.StartsWith(page + "?", StringComparison.Ordinal));
        return await Htmx(HttpMethod.Delete, button.GetAttribute("hx-delete")!, page);
    }

    public Task<Answer> SignIn(string email, string password, string on = "/login") =>
        Send(on, "/login", ("email", email), ("password", password));

    public Task<Answer> Enter(CenterId center, bool online = true) =>
        Send("/centers", "/centers", [("center", center.ToString()), .. online ? new[] { ("online", "true") } : []]);

    /// <summary>Reads the event stream until <paramref name="enough"/>; the connection ends with the reader.</summary>
    public async Task<EventReader> Stream(string path)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(Address, 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public IHtmlDocument Page { get; } = new HtmlParser().ParseDocument(Text);

    public string? Location => Response.Headers.Location?.OriginalString;

    /// <summary>What a reader sees, without markup.</summary>
    public string Words => Page.Body!.TextContent;

    public string Alert => Page.QuerySelector("[role=alert]")?.TextContent.Trim() ?? "";

    public static async Task<Answer> Of(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
}
