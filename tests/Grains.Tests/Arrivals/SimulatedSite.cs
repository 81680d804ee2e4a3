using MsaOrleans.Grains.Domain.Arrivals;
using MsaOrleans.Grains.Interfaces.Arrivals;

namespace MsaOrleans.Grains.Tests.Arrivals;

/// <summary>
/// A site of some web servers that answers so many pages a second and no more, visitors who ask for one page after another, and the line in between, in steps of a
/// tenth of a second. Pages share the processors: an answer takes as long as all the others that are asked for at the same time.
/// </summary>
internal sealed class SimulatedSite(int pagesPerSecond, double thinkSeconds, int servers = 2, int firstLimit = 100)
{
    private const double Tick = 0.1;
    private const double Goal = 0.15;
    private const double TooSlow = 0.25;
    private const int PagesOfSignUp = 20;
    private const double Refresh = 5;

    private readonly Random chance = new(7);
    private readonly Web[] webs = [.. Enumerable.Range(0, servers).Select(_ => new Web())];
    private readonly List<Visitor> inside = [];
    private readonly Queue<Visitor> waiting = [];
    private readonly Queue<DateTimeOffset> letters = [];
    private DateTimeOffset now = Samples.Now;
    private double arriving;
    private double leaving;
    private int steps;
    private int newcomers;

    /// <summary>What it can answer by now: a machine warms up, another joins.</summary>
    public int PagesPerSecond { get; set; } = pagesPerSecond;

    /// <summary>What it can write of the letter that each sign-up ends with, whatever pages it answers.</summary>
    public double LettersPerSecond { get; set; } = double.MaxValue;

    /// <summary>Of the letters that have left, how long each had waited.</summary>
    public List<TimeSpan> LetterWaits { get; } = [];

    public WaitingLine Line { get; private set; } = new(new(firstLimit));

    public int Finished { get; private set; }

    public long Answers { get; private set; }

    /// <summary>Slower than a quarter of a second.</summary>
    public long SlowAnswers { get; private set; }

    public int Waiting => waiting.Count;

    public int Inside => inside.Count;

    /// <summary>In the order in which people came in, when each of them had come.</summary>
    public List<int> Entered { get; } = [];

    /// <summary>So many newcomers a second, for so long.</summary>
    public void Run(double newcomersPerSecond, double seconds)
    {
        for (var end = steps + (int)(seconds / Tick); steps < end;)
        {
            steps++;
            now = now.AddSeconds(Tick);
            for (arriving += newcomersPerSecond * Tick; arriving >= 1; arriving--)
                Arrive(webs[newcomers % webs.Length]);
            Serve();
            Write();
            if (steps % 10 == 0)
                Report();
            while (waiting.TryPeek(out var first) && webs.All(w => first.Place <= w.Line.Admitted))
            {
                var admitted = waiting.Dequeue();
                admitted.Thinking = chance.NextDouble() * Refresh; // he hears of it when his page asks again
                Enter(admitted);
                webs[0].Claimed++;
            }
        }
    }

    /// <summary>The silo that kept the line dies; another begins with nothing.</summary>
    public void LoseLine() => Line = new(new(firstLimit));

    private void Arrive(Web web)
    {
        var visitor = new Visitor(newcomers++);
        if (web.Stock > 0 && web.Line.Waiting == 0)
        {
            web.Stock--;
            Enter(visitor);
            return;
        }
        var given = Line.Join(web.Line, now);
        web.Line = web.Line.With(given.Line);
        visitor.Place = given.Place;
        waiting.Enqueue(visitor);
    }

    private void Enter(Visitor visitor)
    {
        Entered.Add(visitor.Number);
        inside.Add(visitor);
    }

    private void Serve()
    {
        var asking = inside.Count(v => v.Thinking <= 0);
        var latency = Math.Max(0.005, asking / (double)PagesPerSecond);
        foreach (var visitor in inside)
        {
            if (visitor.Thinking > 0)
            {
                visitor.Thinking -= Tick;
                continue;
            }
            visitor.Pages += Tick / latency;
            if (visitor.Pages - visitor.Answered < 1)
                continue;
            if (thinkSeconds > 0)
                visitor.Pages = visitor.Answered + 1; // he looks at it before he asks for another
            var answered = (int)(visitor.Pages - visitor.Answered);
            visitor.Answered += answered;
            Answers += answered;
            webs[0].Answers += answered;
            if (latency > Goal)
                webs[0].Slow += answered;
            if (latency > TooSlow)
                SlowAnswers += answered;
            if (thinkSeconds > 0)
                visitor.Thinking = -Math.Log(1 - chance.NextDouble()) * thinkSeconds;
        }
        var finished = inside.RemoveAll(v => v.Answered >= PagesOfSignUp);
        Finished += finished;
        for (var i = 0; i < finished; i++)
            letters.Enqueue(now);
    }

    private void Write()
    {
        for (leaving = Math.Min(letters.Count, leaving + (LettersPerSecond * Tick)); leaving >= 1; leaving--)
            LetterWaits.Add(now - letters.Dequeue());
    }

    private void Report()
    {
        Line.LettersWait(new(letters.Count, letters.TryPeek(out var oldest) ? now - oldest : TimeSpan.Zero), now);
        foreach (var web in webs)
        {
            var share = (inside.Count / webs.Length) + (web == webs[0] ? inside.Count % webs.Length : 0);
            var directive = Line.Report(web.Id, new(web.Line, share, web.Stock, web.Claimed, web.Answers, web.Slow), now);
            (web.Claimed, web.Answers, web.Slow) = (0, 0, 0);
            web.Line = web.Line.With(directive.Line);
            web.Stock = web.Line.Waiting > 0 ? 0 : directive.Granted > 0 ? directive.Granted : web.Stock;
        }
    }

    private sealed class Web
    {
        public Guid Id { get; } = Guid.NewGuid();

        public LineEnds Line { get; set; }

        public int Stock { get; set; }

        public int Claimed { get; set; }

        public int Answers { get; set; }

        public int Slow { get; set; }
    }

    private sealed class Visitor(int number)
    {
        public int Number => number;

        public long Place { get; set; }

        public double Pages { get; set; }

        public int Answered { get; set; }

        public double Thinking { get; set; }
    }
}
