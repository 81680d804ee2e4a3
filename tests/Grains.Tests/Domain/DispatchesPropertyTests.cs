using FsCheck.Xunit;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Grains.Domain;
using static MsaOrleans.Grains.Tests.Samples;

namespace MsaOrleans.Grains.Tests.Domain;

public sealed class DispatchesPropertyTests
{
    private static readonly IReadOnlyList<TimeSpan> delays = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2)];
    private static readonly DeliveryFailure timeout = new(Permanent: false, "Timed out.");

    [Property(MaxTest = 300)]
    public void Whatever_happens_nothing_is_due_in_the_past_after_a_sweep(byte[] events)
    {
        var (dispatches, now, ids) = (new Dispatches(), Now, new List<Guid> { Guid.NewGuid() });
        foreach (var happened in events)
        {
            now = now.AddSeconds(happened);
            var id = ids[happened % ids.Count];
            switch (happened % 6)
            {
                case 0:
                    ids.Add(Guid.NewGuid());
                    dispatches = dispatches.Request(ids[^1], LetterKind.EmailChanged, Email, now, happened % 4 == 0 ? now.AddMinutes(happened) : null);
                    break;
                case 1:
                    dispatches = dispatches.Confirm(id, now);
                    break;
                case 2:
                    dispatches = dispatches.Fail(id, timeout, delays, now).Item1;
                    break;
                case 3:
                    dispatches = dispatches.Requeue(queueLost: true, now).Item1;
                    break;
                default:
                    dispatches = dispatches.Take(id, now).Item1;
                    break;
            }
            Assert.True(dispatches.Requeue(queueLost: false, now).Item1.OverdueAt is not { } due || due > now);
            Assert.All(dispatches.All, d => Assert.False(d.SentAt is not null && d.GivenUpAt is not null));
        }
    }
}
