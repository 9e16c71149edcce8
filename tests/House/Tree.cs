namespace Tccc.House.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Tree
{
    public static string Root { get; } = FindRoot();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>Our own files with one of the endings, as paths relative to the root; what the build or npm made is left out.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        from file in Directory.EnumerateFiles(Path(folder), "*", SearchOption.AllDirectories)
        let relative = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where endings.Any(relative.EndsWith)
        where !relative.Split('/').Any(part => part is "obj" or "node_modules" or "lib" or "Release" or "Debug")
        select relative;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Tccc.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Tccc.sln was not found above " + AppContext.BaseDirectory);
    }
}
