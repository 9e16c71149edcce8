using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>What the form of a person holds, as it was typed. Levels: by group, "" = not a member.</summary>
public sealed record PersonDraft
{
    public string? Email { get; init; }

    public string? Role { get; init; }

    public string? Nickname { get; init; }

    public string? StaffNumber { get; init; }

    public string? AutoAnswer { get; init; }

    public Dictionary<string, string>? Levels { get; init; }

    public static PersonDraft Empty { get; } = new() { Role = nameof(Tccc.Role.Agent) };

    public static PersonDraft Of(Agent agent, string email, IEnumerable<GroupMember> memberships) => new()
    {
        Email = email,
        Role = agent.Role.ToString(),
        Nickname = agent.Nickname,
        StaffNumber = agent.StaffNumber,
        AutoAnswer = agent.AutoAnswer?.ToString(),
        Levels = memberships.ToDictionary(m => m.Group.ToString(), m => Reading.Of(m.Level)),
    };

    public sealed class Validator : AbstractValidator<PersonDraft>
    {
        public Validator()
        {
            RuleFor(d => d.Role).IsEnumName(typeof(Role)).WithMessage("Choose one of the list.");
            RuleFor(d => d.Nickname).Must(n => n is null || n.Trim().Length <= 50).WithMessage("Enter at most 50 characters.");
            RuleFor(d => d.StaffNumber).Must(n => n is null || n.Trim().Length <= 20).WithMessage("Enter at most 20 characters.");
            RuleForEach(d => d.Levels)
                .Must(l => Reading.Id<GroupId>(l.Key) is not null && (string.IsNullOrEmpty(l.Value) || Reading.IsWithin(l.Value, GroupMember.LowestLevel, GroupMember.HighestLevel)))
                .WithMessage("A level is 1 to 5.").OverridePropertyName("Levels");
        }
    }

    /// <summary>Writes what the draft says into the agent, and the agent's places in groups anew.</summary>
    public async Task<Error?> Fill(TcccDb db, Agent agent)
    {
        agent.Role = Enum.Parse<Role>(Role!);
        agent.Nickname = Reading.Trimmed(Nickname);
        agent.StaffNumber = Reading.Trimmed(StaffNumber);
        agent.AutoAnswer = bool.TryParse(AutoAnswer, out var auto) ? auto : null;
        if (agent.StaffNumber is { } number && await db.Of<Agent>(agent.Center).AnyAsync(a => a.Id != agent.Id && a.StaffNumber == number))
            return new ValidationFailed(nameof(StaffNumber), "Somebody else has this staff number.");
        var wanted = (Levels ?? []).Where(l => !string.IsNullOrEmpty(l.Value)).ToDictionary(l => Reading.Id<GroupId>(l.Key)!.Value, l => Reading.Whole(l.Value)!.Value);
        var groups = await db.Of<SkillGroup>(agent.Center).Select(g => g.Id).ToListAsync();
        if (wanted.Keys.Except(groups).Any()) return new ValidationFailed(nameof(Levels), "One of the groups does not exist any more. Open the page anew.");
        await db.Of<GroupMember>(agent.Center).Where(m => m.Agent == agent.Id).ExecuteDeleteAsync();
        foreach (var (group, level) in wanted) db.Add(new GroupMember { Center = agent.Center, Group = group, Agent = agent.Id, Level = level });
        return null;
    }
}
