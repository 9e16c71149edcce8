using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Directory;

internal sealed class DirectoryModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Center>(center =>
        {
            center.ToTable("Centers");
            center.HasIndex(c => c.Name).IsUnique();
            center.Property(c => c.HoldMusic).HasColumnName("HoldMusicSound");
        });
        model.Entity<Person>(person =>
        {
            person.ToTable("People");
            person.HasIndex(p => p.NormalizedEmail).IsUnique();
            person.HasIndex(p => p.Mobile).IsUnique();
        });
        model.Entity<WrongPasswordCount>(count =>
        {
            count.ToTable("WrongPasswords");
            count.HasIndex(c => new { c.Person, c.Origin }).IsUnique();
            count.HasIndex(c => c.LastAt);
            count.HasOne<Person>().WithMany().HasForeignKey(c => c.Person).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<SmsCode>(code =>
        {
            code.ToTable("SmsCodes");
            code.HasIndex(c => new { c.Mobile, c.SentAt });
            code.HasIndex(c => c.SentAt);
            code.HasIndex(c => c.Network);
            code.HasIndex(c => c.Center);
            code.HasOne<Person>().WithMany().HasForeignKey(c => c.Person).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<EndedSession>(session =>
        {
            session.ToTable("EndedSessions");
            session.HasIndex(s => s.EndedAt);
        });
        model.Entity<Agent>(agent =>
        {
            InCenter(agent, "Agents");
            agent.HasOne<Person>().WithMany().HasForeignKey(a => a.Person);
            agent.HasIndex(a => new { a.Person, a.Center }).IsUnique();
            agent.HasIndex(a => new { a.Center, a.StaffNumber }).IsUnique();
        });
        model.Entity<SkillGroup>(group =>
        {
            InCenter(group, "SkillGroups");
            group.HasIndex(g => new { g.Center, g.Number }).IsUnique();
            group.HasIndex(g => new { g.Center, g.Name }).IsUnique();
            group.HasOne<Sound>().WithMany().HasForeignKey(g => g.Farewell);
            group.HasOne<Sound>().WithMany().HasForeignKey(g => g.HoldMusic);
            group.Property(g => g.HoldMusic).HasColumnName("HoldMusicSound");
        });
        model.Entity<GroupMember>(member =>
        {
            InCenter(member, "GroupMembers");
            member.HasKey(m => new { m.Group, m.Agent });
            member.HasOne<SkillGroup>().WithMany().HasForeignKey(m => m.Group).OnDelete(DeleteBehavior.Cascade);
            member.HasOne<Agent>().WithMany().HasForeignKey(m => m.Agent).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Number>(number =>
        {
            InCenter(number, "Numbers");
            number.HasOne<SkillGroup>().WithMany().HasForeignKey(n => n.Group);
            number.HasOne<Agent>().WithMany().HasForeignKey(n => n.Agent);
            number.HasOne<Sound>().WithMany().HasForeignKey(n => n.ClosedAnnouncement);
            number.HasIndex(n => new { n.Center, n.Digits }).IsUnique();
        });
        model.Entity<OpeningHours>(hours =>
        {
            InCenter(hours, "OpeningHours");
            hours.HasOne<Number>().WithMany().HasForeignKey(h => h.Number).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Sound>(sound =>
        {
            InCenter(sound, "Sounds");
            sound.HasIndex(s => new { s.Center, s.Name }).IsUnique();
        });
        model.Entity<Trunk>(trunk =>
        {
            InCenter(trunk, "Trunks");
            // for the rows of before
            trunk.Property(t => t.MediaEncryption).HasDefaultValue(MediaEncryption.Off);
            trunk.HasIndex(t => new { t.Center, t.Name }).IsUnique();
        });
        model.Entity<DeskPhone>(phone =>
        {
            InCenter(phone, "DeskPhones");
            phone.HasOne<Agent>().WithMany().HasForeignKey(p => p.BoundAgent);
            phone.HasIndex(p => p.SipUser).IsUnique();
            phone.HasIndex(p => new { p.Center, p.Extension }).IsUnique();
            phone.HasIndex(p => p.BoundAgent).IsUnique();
        });
        model.Entity<AuditRow>(row =>
        {
            row.ToTable("Audit");
            row.HasIndex(r => new { r.Center, r.Id });
            row.HasIndex(r => new { r.Person, r.Id });
            row.HasIndex(r => r.At);
        });
        model.Entity<BreakReason>(reason =>
        {
            InCenter(reason, "BreakReasons");
            reason.HasIndex(r => new { r.Center, r.Name }).IsUnique();
        });
    }

    private static void InCenter<T>(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<T> row, string table) where T : class, ICenterRow
    {
        row.ToTable(table);
        row.HasOne<Center>().WithMany().HasForeignKey(r => r.Center).OnDelete(DeleteBehavior.Restrict);
    }
}
