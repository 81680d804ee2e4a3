using MsaOrleans.Grains.Domain;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Assistance;

namespace MsaOrleans.Grains.Tests.Adherent;

/// <summary>Somebody is on the telephone, and an agent of the hotline has his file before him.</summary>
internal static class Call
{
    public static readonly AgentAct Act = new("c.roth", "Il n'arrive pas à se connecter.", "A-1234");

    public static async Task<AdherentFile> Look(this TestAdherent adherent) => Assert.IsType<AdherentFile>(await adherent.Assistance.Look(Act));

    /// <summary>Proofs of his identity that do not match.</summary>
    public static async Task TryWrong(this TestAdherent adherent, SignUpTicket ticket, int times)
    {
        for (var i = 0; i < times; i++)
            await adherent.Identity.Prove(ticket, TestAdherent.WrongCard);
    }

    /// <summary>Somebody for whom this can be done, and no letter on its way but that of a department.</summary>
    public static async Task<TestAdherent> NewCallerFor(this AdherentCluster cluster, AuditedAct what)
    {
        var fritz = cluster.NewAdherent();
        if (what is AuditedAct.UnlockedVerification)
        {
            await fritz.TryWrong(await fritz.Declare(), 3);
            return fritz;
        }
        await fritz.RequestDepartment(await fritz.Connect());
        await fritz.GuessWrong();
        cluster.Queue.TakeJobs(fritz.Key);
        cluster.Clock.Advance(AssistanceActs.JustSent);
        return fritz;
    }
}
