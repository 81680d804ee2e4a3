using System.Diagnostics.Metrics;
using MsaOrleans.Grains.Dispatching;

namespace MsaOrleans.Silo.Mail;

/// <summary>Counts the tries to deliver letters, once their adherent has noted what came of them (<c>docs/telemetry.md</c>).</summary>
public sealed class MailMeter
{
    public const string Name = "MsaOrleans.Mail";

    private readonly Counter<long> dispatches;

    public MailMeter(IMeterFactory meters) =>
        dispatches = meters.Create(Name).CreateCounter<long>("msa.dispatches", "{dispatch}", "Tries to deliver a letter.");

    /// <param name="kind">Which letter.</param>
    /// <param name="failure">Why it could not leave; nothing when it has.</param>
    public void Tried(LetterKind kind, DeliveryFailure? failure) => dispatches.Add(
        1,
        new KeyValuePair<string, object?>("kind", kind.ToString()),
        new KeyValuePair<string, object?>("outcome", failure is null ? "sent" : failure.Permanent ? "refused" : "deferred"));
}
