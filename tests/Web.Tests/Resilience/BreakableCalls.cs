namespace MsaOrleans.Web.Tests.Resilience;

/// <summary>Questions to grains, which meet a dying silo when it is told so.</summary>
internal sealed class BreakableCalls : IOutgoingGrainCallFilter
{
    private (string Method, Exception Death) broken = ("", new InvalidOperationException());

    public int TimesLeft { get; private set; }

    public void Break(string method, Exception death, int times) => (broken, TimesLeft) = ((method, death), times);

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.MethodName != broken.Method || TimesLeft == 0)
            return context.Invoke();
        TimesLeft--;
        throw broken.Death;
    }
}
