using Hangfire;
using Microsoft.Extensions.Logging;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Silo.Mail;
using MsaOrleans.Silo.Telemetry;

namespace MsaOrleans.Silo.Jobs;

/// <summary>Delivers one dispatch of one adherent. May run twice, so it asks first and confirms after.</summary>
/// <remarks>Queued jobs name this type and its method: both are a contract.</remarks>
public sealed class SendDispatchJob(IGrainFactory grains, IMailTransport mail, MailMeter meter, ILogger<SendDispatchJob> log)
{
    // The adherent decides about further tries of a refused letter. These are for an adherent who cannot be reached: soon at first, then
    // beyond the minute for which he thinks the letter is under way.
    [AutomaticRetry(Attempts = 10, DelaysInSeconds = [5, 15, 65, 120, 300, 600, 900, 1800, 3600, 7200])]
    public async Task Run(Guid adherent, Guid dispatch, CancellationToken stop)
    {
        using var span = JobTraces.Source.StartActivity("send dispatch");
        var dispatches = grains.GetGrain<IAdherentDispatches>(adherent);
        if (await dispatches.Take(dispatch) is not { } letter)
        {
            log.LogDebug("Dispatch {Dispatch} of {Adherent}: nothing to do", dispatch, adherent);
            return;
        }
        if (await mail.Send(letter, stop) is { } failure)
        {
            // Why is for the hotline, who reads it from the adherent: a relay's words may name him.
            log.LogWarning(
                "Dispatch {Dispatch} of {Adherent}: {Kind} could not leave, {Outcome}",
                dispatch, adherent, letter.Kind, failure.Permanent ? "refused for good" : "may be tried again");
            await dispatches.Fail(dispatch, failure);
            meter.Tried(letter.Kind, failure);
            return;
        }
        await dispatches.Confirm(dispatch);
        meter.Tried(letter.Kind, failure: null);
        log.LogInformation("Dispatch {Dispatch} of {Adherent}: {Kind} sent", dispatch, adherent, letter.Kind);
    }
}
