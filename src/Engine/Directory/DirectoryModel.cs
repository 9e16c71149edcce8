using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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
            center.Property(c => c.Country).ExistingRowsGet(PhoneKey.DefaultCountry);
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
            group.HasOne<Schedule>().WithMany().HasForeignKey(g => g.Schedule);
            group.Property(g => g.Channels).ExistingRowsGet(Channels.Phone | Channels.Chat);
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
            number.HasOne<Schedule>().WithMany().HasForeignKey(n => n.Schedule);
            // the column that was called Flow held a name, which is no id
            number.Property(n => n.Flow).HasColumnName("FlowId");
            number.Property(n => n.Outbound).ExistingRowsGet(OutboundUse.No);
            // unique over the deployment since 1.0.0: kept by SaveNumber, because an older database may hold a number twice
            number.HasIndex(n => new { n.Center, n.Digits }).IsUnique();
            number.HasIndex(n => n.Center, "IX_Numbers_OneDefault").HasFilter($"\"{nameof(Number.Outbound)}\" = '{OutboundUse.Default}'")
                .IsUnique();
        });
        BuildSchedules(model);
        BuildCustomers(model);
        BuildSurveys(model);
        model.Entity<Sound>(sound =>
        {
            InCenter(sound, "Sounds");
            sound.HasIndex(s => new { s.Center, s.Name }).IsUnique();
        });
        model.Entity<Trunk>(trunk =>
        {
            InCenter(trunk, "Trunks");
            // for the rows of before
            trunk.Property(t => t.MediaEncryption).ExistingRowsGet(MediaEncryption.Off);
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

    private static void BuildSchedules(ModelBuilder model)
    {
        model.Entity<Schedule>(schedule =>
        {
            InCenter(schedule, "Schedules");
            schedule.HasIndex(s => new { s.Center, s.Name }).IsUnique();
        });
        model.Entity<OpeningHours>(hours =>
        {
            InCenter(hours, "ScheduleHours");
            hours.HasOne<Schedule>().WithMany().HasForeignKey(h => h.Schedule).OnDelete(DeleteBehavior.Cascade);
            hours.Ignore(h => h.Period);
        });
        model.Entity<ScheduleException>(exception =>
        {
            InCenter(exception, "ScheduleExceptions");
            exception.HasOne<Schedule>().WithMany().HasForeignKey(e => e.Schedule).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void BuildCustomers(ModelBuilder model)
    {
        model.Entity<Customer>(customer =>
        {
            InCenter(customer, "Customers");
            customer.HasIndex(c => new { c.Center, c.Root });
            customer.HasIndex(c => new { c.Center, c.Name });
        });
        model.Entity<CustomerKey>(key =>
        {
            InCenter(key, "CustomerKeys");
            key.HasOne<Customer>().WithMany().HasForeignKey(k => k.Customer).OnDelete(DeleteBehavior.Cascade);
            key.HasIndex(k => new { k.Center, k.Kind, k.Value }).IsUnique();
        });
        model.Entity<CustomerNote>(note =>
        {
            InCenter(note, "CustomerNotes");
            note.HasOne<Customer>().WithMany().HasForeignKey(n => n.Customer).OnDelete(DeleteBehavior.Cascade);
            note.HasIndex(n => new { n.Customer, n.Id });
        });
    }

    private static void BuildSurveys(ModelBuilder model)
    {
        model.Entity<SurveyAnswer>(answer =>
        {
            InCenter(answer, "SurveyAnswers");
            answer.HasIndex(a => a.Contact).IsUnique();
            answer.HasIndex(a => new { a.Center, a.At });
        });
        model.Entity<SurveyAnswerAgent>(agent =>
        {
            InCenter(agent, "SurveyAnswerAgents");
            agent.HasKey(a => new { a.Answer, a.Agent });
            agent.HasIndex(a => a.Agent);
            agent.HasOne<SurveyAnswer>().WithMany().HasForeignKey(a => a.Answer).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void InCenter<T>(EntityTypeBuilder<T> row, string table) where T : class, ICenterRow
    {
        row.ToTable(table);
        row.HasOne<Center>().WithMany().HasForeignKey(r => r.Center).OnDelete(DeleteBehavior.Restrict);
    }
}
