using FsCheck.Xunit;
using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Messages;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class ConversationsPropertyTests
{
    /// <summary>Whatever he and two agents do in whatever order, nothing is said twice, nobody answers what he has not read, and the bounds hold.</summary>
    [Property(MaxTest = 500)]
    public void Whatever_both_sides_do_the_bounds_hold(byte[] events)
    {
        var (state, now, number) = (new AdherentState { Contact = new() { Email = Email } }, Now, 0);
        foreach (var happened in events)
        {
            now = now.AddMinutes(happened);
            var (agent, before) = (happened % 2 == 0 ? "marie" : "marc", state);
            var which = state.Conversations.All.Count == 0 ? Guid.NewGuid() : state.Conversations.All[happened % state.Conversations.All.Count].Id;
            var seen = (state.Conversations.Find(which)?.Messages.Count ?? 0) - (happened % 7 == 0 ? 1 : 0);
            state = (happened / 4 % 8) switch
            {
                0 or 1 => state with { Conversations = state.Conversations.Begin(Guid.NewGuid(), MessageTopic.Other, $"Question {++number}", now).Item1 },
                2 => state with { Conversations = state.Conversations.Reply(which, $"Suite {++number}", now).Item1 },
                3 => state with { Conversations = state.Conversations.Shown(which).WithoutOld(now) },
                4 => MessageActs.Take(state, which, agent, now).Next,
                5 => MessageActs.GiveBack(state, which, agent).Next,
                6 => MessageActs.Close(state, which, agent, seen, now).Next,
                _ => MessageActs.Answer(state, which, agent, $"Réponse {++number}", seen, happened % 3 == 0, Guid.NewGuid(), now).Next,
            };
            var all = state.Conversations.All;
            Assert.InRange(all.Count, 0, Conversations.MaxKept);
            Assert.InRange(all.Count(c => c.IsWaiting), 0, MessageLimits.MaxWaiting);
            Assert.All(all, c => Assert.InRange(c.Messages.Count, 1, MessageLimits.MaxMessages));
            Assert.True(state.Dispatches.Pending.Count() <= 1);
            Assert.True(before.Conversations.All.Where(c => c.IsWaiting).All(c => all.Exists(kept => kept.Id == c.Id)), "One that waits is never lost.");
            foreach (var (was, isNow) in before.Conversations.All.Join(all, c => c.Id, c => c.Id, (was, isNow) => (was, isNow)))
            {
                Assert.Equal(was.Messages, isNow.Messages.Take(was.Messages.Count));
                if (was.ClosedAt is not null)
                    Assert.Equal(was with { Shown = 0 }, isNow with { Shown = 0 });
            }
        }
    }
}
