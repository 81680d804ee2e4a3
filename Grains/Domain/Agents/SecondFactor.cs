using MsaOrleans.Grains.Interfaces.Agents;

namespace MsaOrleans.Grains.Domain.Agents;

/// <summary>What an agent's telephone proves. A code opens once: its step, and all before it, are never accepted again (RFC 6238, 5.2).</summary>
/// <param name="Secret">Shared with his telephone.</param>
/// <param name="EnrolledAt">When the first right code came; until then the secret may be shown.</param>
/// <param name="LastStep">The last step accepted.</param>
internal sealed record SecondFactor(TotpSecret Secret, DateTimeOffset? EnrolledAt = null, long LastStep = -1)
{
    public bool IsEnrolled => EnrolledAt is not null;

    /// <summary>Takes a code.</summary>
    /// <returns>The factor from then on; nothing when the code is refused.</returns>
    public SecondFactor? Accept(string code, DateTimeOffset now) =>
        Secret.StepOf(code, now, LastStep) is { } step ? this with { EnrolledAt = EnrolledAt ?? now, LastStep = step } : null;
}
