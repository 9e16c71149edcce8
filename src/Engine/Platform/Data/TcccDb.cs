using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ChangeTracking.Internal;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Tccc.Platform;

/// <summary>
/// The one database, SQLite or PostgreSQL. Read with a scoped instance (or <see cref="IDbContextFactory{TContext}"/> outside a request);
/// it tracks nothing and can't save. Write through <see cref="Writer"/>, whose instance does both.
/// </summary>
public sealed class TcccDb(DbContextOptions<TcccDb> options) : DbContext(options)
{
    private readonly ModelPartsOption parts = options.FindExtension<ModelPartsOption>() ?? new ModelPartsOption([]);
    private List<IEvent>? raised;
    private Rows? rows;
    private (PersonId Who, DateTimeOffset At)? by;

    /// <summary>
    /// Says that something happened, inside a change given to <see cref="Writer"/>: the event is stored with the change and published after
    /// the commit.
    /// </summary>
    public void Raise(IEvent happened) => (raised ?? throw ReadOnly()).Add(happened);

    /// <summary>
    /// Writes a whole row at once, whether or not it is there already, by a prepared statement and untracked: for engines, which write
    /// several rows a call. Inside a change given to <see cref="Writer"/>; written twice it is as written once.
    /// </summary>
    public void Store<T>(T row) where T : class => Rows.Store(row);

    /// <summary>
    /// Writes a whole row anew, by its key, with no query: for owners that hold the state in memory. The row must exist, or have been added
    /// in the same change.
    /// </summary>
    public void Replace<T>(T row) where T : class
    {
        if (FindTracked(row) is { } tracked)
        {
            tracked.CurrentValues.SetValues(row);
            // also when nothing in it differs: its version tells of what belongs to it
            if (tracked.State == EntityState.Unchanged) tracked.State = EntityState.Modified;
            return;
        }
        Entry(row).State = EntityState.Modified;
    }

    /// <summary>
    /// Makes a change, inside one given to <see cref="Writer"/>, as somebody's: who and when are kept in the <see cref="IVersioned"/> rows
    /// it changes.
    /// </summary>
    public async Task<T> By<T>(PersonId who, DateTimeOffset at, Func<Task<T>> change)
    {
        by = (who, at);
        try
        {
            var result = await change();
            if (result is not IOutcome { Error: not null }) await SaveChangesAsync();
            return result;
        }
        finally
        {
            by = null;
        }
    }

    /// <summary>The events raised since the last call; null makes the instance read-only again.</summary>
    internal void CollectInto(List<IEvent>? events)
    {
        raised = events;
        if (events is not null) return;
        rows?.Dispose();
        rows = null;
    }

    // what was tracked before goes first, so that the order of a change is the order of its statements
    private Rows Rows
    {
        get
        {
            if (raised is null) throw ReadOnly();
            if (ChangeTracker.HasChanges()) base.SaveChanges(acceptAllChangesOnSuccess: true);
            return rows ??= new(this);
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (raised is null) throw ReadOnly();
        CountVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (raised is null) throw ReadOnly();
        CountVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private void CountVersions()
    {
        if (!ChangeTracker.HasChanges()) return;
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified)) continue;
            var version = entry.Property(nameof(IVersioned.Version));
            version.CurrentValue = (long)version.OriginalValue! + 1;
            entry.Property(nameof(IVersioned.ChangedBy)).CurrentValue = by?.Who;
            entry.Property(nameof(IVersioned.ChangedAt)).CurrentValue = by?.At;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxRow>().ToTable("Outbox");
        foreach (var part in parts.Parts) part.Build(modelBuilder);
        Conventions.KeysAreGiven(modelBuilder);
        Conventions.VersionsAreWatched(modelBuilder);
    }

    private static InvalidOperationException ReadOnly() =>
        new("This TcccDb only reads. Give the change to Writer, which hands it an instance that writes.");

    // EF offers no public look-up by key that neither queries nor scans for changes, and this is the engines' hot path
#pragma warning disable EF1001
    private EntityEntry? FindTracked<T>(T row) where T : class
    {
        var key = Model.FindEntityType(typeof(T))?.FindPrimaryKey()
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not a table with a key.");
        var states = this.GetService<IStateManager>();
        if (states.ChangedCount == 0) return null;
        var values = new object?[key.Properties.Count];
        for (var i = 0; i < values.Length; i++) values[i] = key.Properties[i].GetGetter().GetClrValue(row);
        return states.TryGetEntry(key, values) is { } entry ? new EntityEntry(entry) : null;
    }
#pragma warning restore EF1001
}
