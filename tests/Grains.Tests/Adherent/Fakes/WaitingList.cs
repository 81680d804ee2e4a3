using MsaOrleans.Grains.Ports;

namespace MsaOrleans.Grains.Tests.Adherent.Fakes;

/// <summary>Who waits for an answer, as a test says.</summary>
internal sealed class WaitingList : IWaitingMessages
{
    public IReadOnlyList<Guid> Adherents { get; set; } = [];

    public Task<IReadOnlyList<Guid>> Find(int skip, int most) => Task.FromResult<IReadOnlyList<Guid>>([.. Adherents.Skip(skip).Take(most)]);
}
