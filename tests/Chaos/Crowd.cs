using MsaOrleans.Testing;

namespace MsaOrleans.Chaos;

/// <summary>Visitors who come one after the other, so many of them busy at once. Who waits for a mail lets others pass.</summary>
internal sealed class Crowd(Stage stage, Ledger ledger, int atOnce) : IDisposable
{
    // Waiting for mails that do not come must not let everybody in.
    private const int PresentForEachBusy = 25;

    private static readonly TimeSpan readingPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan longestFarewell = TimeSpan.FromMinutes(4);

    private readonly SemaphoreSlim turns = new(atOnce, atOnce);
    private readonly SemaphoreSlim places = new(atOnce * PresentForEachBusy, atOnce * PresentForEachBusy);

    /// <summary>Lets people in until enough is enough, and waits until those who are in have finished what they were at.</summary>
    /// <param name="people">Who comes.</param>
    /// <param name="enough">Nobody comes any more, and nobody begins anything more.</param>
    public async Task Come(IEnumerable<Person> people, CancellationToken enough)
    {
        var all = new List<Task>();
        using var patience = new CancellationTokenSource();
        try
        {
            foreach (var person in people)
            {
                await places.WaitAsync(enough);
                await turns.WaitAsync(enough);
                all.Add(Visit(person, all.Count, enough, patience.Token));
            }
            throw new InvalidOperationException("There were not people enough for so long a load.");
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
        }
        patience.CancelAfter(longestFarewell);
        await Task.WhenAll(all);
    }

    public void Dispose()
    {
        turns.Dispose();
        places.Dispose();
    }

    private async Task Visit(Person person, int number, CancellationToken enough, CancellationToken stop)
    {
        var account = ledger.Open(person);
        using var visitor = new Visitor(account, new PatientBrowser(stage.Sites, number, ledger), stage.Post, ledger);
        try
        {
            await visitor.SignUp(stop);
            if (!await Mail(Letters.ProvisionalPassword))
                return;
            await visitor.EnterSpace(stop);
            if (enough.IsCancellationRequested)
                return;
            await visitor.RequestDepartment(stop);
            if (!await Mail(Letters.DepartmentCode))
                return;
            await visitor.OpenDepartment(stop);
        }
        catch (StrayedException strayed)
        {
            ledger.NoteWrong($"{person.Email}: {strayed.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            ledger.NoteWrong($"{person.Email} was still at {visitor.Browser.Path} long after the load was over");
        }
        finally
        {
            turns.Release();
            places.Release();
        }

        async Task<bool> Mail(string subject)
        {
            turns.Release();
            try
            {
                var came = await stage.Post.Wait(person.Email, subject, enough);
                await Task.Delay(readingPause, stop);
                return came;
            }
            finally
            {
                await turns.WaitAsync(CancellationToken.None);
            }
        }
    }
}
