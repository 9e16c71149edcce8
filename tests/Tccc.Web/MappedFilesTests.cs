using System.Globalization;
using Tccc.Web.Start;

namespace Tccc.Web.Tests;

public sealed class MappedFilesTests
{
    [Fact]
    public void Only_a_librarys_pages_that_nobody_has_changed_are_let_go()
    {
        var found = MappedFiles.Unchanged(Mapping("1000-3000 r-xp 00000000 08:01 7 /usr/lib/libcrypto.so.3", "0 kB")
            .Concat(Mapping("3000-4000 r--p 00000000 08:01 7 /usr/lib/libcrypto.so.3", "4 kB")) // relocated: its pages are its own
            .Concat(Mapping("3800-3c00 r--p 00000000 08:01 7 /usr/lib/libcrypto.so.3", "0 kB", "4 kB")) // the same, out in the swap
            .Concat(Mapping("3c00-4000 r--p 00000000 08:01 7 /usr/lib/libcrypto.so.3", "0 kB", rss: "0 kB"))
            .Concat(Mapping("4000-5000 rw-p 00000000 08:01 7 /usr/lib/libcrypto.so.3", "0 kB"))
            .Concat(Mapping("7f000000-7f001000 r--s 00000000 08:01 8 /opt/the app/Tccc.Web.dll", "0 kB"))
            .Concat(Mapping("8000-9000 r-xs 00000000 00:01 9 /memfd:doublemapper (deleted)", "0 kB"))
            .Concat(Mapping("9000-a000 r--s 00000000 08:01 9 /data/tccc.db-shm", "0 kB"))
            .Concat(Mapping("a000-b000 r--p 00000000 00:00 0", "0 kB"))
            .Concat(Mapping("b000-c000 r-xp 00000000 00:00 0 [vdso]", "0 kB")));
        Assert.Equal<(nint, nint)>([(0x1000, 0x2000), (0x7f000000, 0x1000)], found);
    }

    [Fact]
    public void A_process_goes_on_as_before()
    {
        if (!OperatingSystem.IsLinux()) return;
        // The runtime's own, there since the process began: what another test loads at this moment lies for an instant where its data will,
        // and the server looks twice, 25 s apart.
        var own = File.ReadLines("/proc/self/maps")
            .Where(line => line.EndsWith("/libcoreclr.so", StringComparison.Ordinal) || line.EndsWith("/libclrjit.so", StringComparison.Ordinal))
            .Select(line => nint.Parse(line.AsSpan(0, line.IndexOf('-')), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            .ToHashSet();
        var found = MappedFiles.Find().Where(mapping => own.Contains(mapping.Start)).ToHashSet();
        Assert.NotEmpty(found);
        MappedFiles.Release(found);
        Assert.Equal("<a>1</a>", System.Xml.Linq.XElement.Parse("<a>1</a>").ToString());
        Assert.Contains(MappedFiles.Unchanged(File.ReadLines("/proc/self/smaps")), m => m.Length > 0);
    }

    private static IEnumerable<string> Mapping(string head, string own, string swapped = "0 kB", string rss = "8 kB") =>
        [head, $"Rss:   {rss}", $"Anonymous:   {own}", $"Swap:  {swapped}", "VmFlags: rd mr mw me ac"];
}
