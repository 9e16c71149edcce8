using System.Globalization;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Tccc.Platform;

/// <summary>
/// Carries the model parts into a pooled context, which takes nothing by constructor. Two hosts of one process (tests) with
/// different parts get different models, because the parts are in the key of EF's service provider.
/// </summary>
internal sealed class ModelPartsOption(IReadOnlyList<IModelPart> parts) : IDbContextOptionsExtension
{
    public IReadOnlyList<IModelPart> Parts => parts;

    public DbContextOptionsExtensionInfo Info => new PartsInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class PartsInfo(ModelPartsOption option) : DbContextOptionsExtensionInfo(option)
    {
        private IEnumerable<Type> Types => ((ModelPartsOption)Extension).Parts.Select(part => part.GetType());

        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => Types.Aggregate(17, HashCode.Combine);

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
            other is PartsInfo info && info.Types.SequenceEqual(Types);

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Tccc:ModelParts"] = GetServiceProviderHashCode().ToString(CultureInfo.InvariantCulture);
    }
}
