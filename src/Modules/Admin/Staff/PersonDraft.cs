using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>What the form of a person holds, as it was typed. Levels: by group, "" = not a member.</summary>
public sealed record PersonDraft : FormDraft
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
        Version = Reading.Of(agent.Version),
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
            RuleFor(d => d.Role).Must(typed => Enum.GetNames<Role>().Contains(typed)).WithMessage("Choose one from the list.");
            RuleFor(d => d.Nickname).IsText(Agent.LongestNickname);
            RuleFor(d => d.StaffNumber).IsText(Agent.LongestStaffNumber);
            RuleForEach(d => d.Levels).Must(l => Reading.Id<GroupId>(l.Key) is not null && Admin.Levels.IsLevel(l.Value))
                .WithMessage("A level is 1 to 5.").OverridePropertyName("Levels");
        }
    }

    /// <summary>Writes what the draft says into the agent, and the agent's places in groups anew.</summary>
    public async Task<Error?> Fill(TcccDb db, Agent agent, IReadOnlyList<GroupMember> memberships)
    {
        agent.Role = Enum.Parse<Role>(Role!);
        agent.Nickname = Reading.Trimmed(Nickname);
        agent.StaffNumber = Reading.Trimmed(StaffNumber);
        agent.AutoAnswer = bool.TryParse(AutoAnswer, out var auto) ? auto : null;
        if (agent.StaffNumber is { } number && await db.Of<Agent>(agent.Center).AnyAsync(a => a.Id != agent.Id && a.StaffNumber == number))
            return new ValidationFailed(nameof(StaffNumber), "Somebody else has this staff number.");
        return await Admin.Levels.Set(db, agent, memberships, Levels);
    }
}
