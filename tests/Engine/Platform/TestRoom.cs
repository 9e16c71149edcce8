using System.Collections.Concurrent;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Tccc.Platform.Tests;

internal enum Colour
{
    Red,
    Green,
}

internal sealed class Thing : ICenterRow
{
    public CallId Id { get; set; }

    public CenterId Center { get; set; }

    public required string Name { get; set; }

    public AgentId? Agent { get; set; }

    public DateTimeOffset At { get; set; }

    public TimeSpan Lasted { get; set; }

    public Colour Colour { get; set; }
}

internal sealed class TestTables : IModelPart
{
    public void Build(ModelBuilder model) => model.Entity<Thing>(thing =>
    {
        thing.ToTable("Things");
        thing.HasIndex(t => t.Name).IsUnique();
    });
}

internal sealed record Happened(CenterId Center, DateTimeOffset At, int Number, AgentId Agent, Colour? Colour = null) : IEvent;

internal sealed record OtherHappened(CenterId Center, DateTimeOffset At) : IEvent;

internal sealed record Passed(CenterId Center, DateTimeOffset At) : IPassingEvent;

internal sealed record NamedByNobody(CenterId Center, DateTimeOffset At) : IEvent;

/// <summary>What the handlers of this room saw, and what holds them up.</summary>
internal sealed class Seen
{
    public ConcurrentQueue<Happened> First { get; } = new();

    public ConcurrentQueue<Happened> Second { get; } = new();

    public ConcurrentQueue<int> PassedOn { get; } = new();

    public int Failing { get; set; } = -1;

    public Task Gate { get; set; } = Task.CompletedTask;
}

internal sealed class OnHappened(Seen seen) : INotificationHandler<Occurred<Happened>>
{
    public async Task Handle(Occurred<Happened> notification, CancellationToken cancellationToken)
    {
        await seen.Gate;
        seen.First.Enqueue(notification.Event);
    }
}

/// <summary>Throws before its first await, which is the nastier way.</summary>
internal sealed class OnHappenedBadly(Seen seen) : INotificationHandler<Occurred<Happened>>
{
    public Task Handle(Occurred<Happened> notification, CancellationToken cancellationToken) =>
        notification.Event.Number == seen.Failing ? throw new InvalidOperationException("the handler's own trouble") : Task.CompletedTask;
}

internal sealed class OnHappenedToo(Seen seen) : INotificationHandler<Occurred<Happened>>
{
    public Task Handle(Occurred<Happened> notification, CancellationToken cancellationToken)
    {
        seen.Second.Enqueue(notification.Event);
        return Task.CompletedTask;
    }
}

internal sealed class OnPassed(Seen seen) : INotificationHandler<Occurred<Passed>>
{
    public Task Handle(Occurred<Passed> notification, CancellationToken cancellationToken)
    {
        seen.PassedOn.Enqueue(Environment.CurrentManagedThreadId);
        return Task.CompletedTask;
    }
}

internal sealed record Rename(string Name) : IRequest<Result<int>>;

internal sealed class RenameValidator : AbstractValidator<Rename>
{
    public RenameValidator()
    {
        RuleFor(c => c.Name).NotEmpty().WithMessage("Give a name.");
        RuleFor(c => c.Name).MaximumLength(5).WithMessage("The name is too long.");
    }
}

internal sealed class RenameHandler : IRequestHandler<Rename, Result<int>>
{
    public Task<Result<int>> Handle(Rename request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<int>>(request.Name == "taken" ? new Taken("taken") : request.Name.Length);
}

internal sealed record Taken(string Name) : Error(ErrorKind.Conflict, "The name {0} is taken.", Name);

internal sealed record TooOld() : Error(ErrorKind.Forbidden, "This page is too old. Reload it and try again.");
