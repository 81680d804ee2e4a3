using MsaOrleans.Testing;

namespace MsaOrleans.Load;

/// <summary>Runs errands from the first page to the last.</summary>
internal sealed class Errands(LoadOptions options, Accounts accounts, Postbox post, IEnumerator<Person> people, LoadMeter meter, CancellationToken cutOff)
{
    private const int BotTries = 20;
    private const int MostPagesBeforeGivingUp = 8;

    private readonly Lock next = new();
    private int came;

    /// <summary>Nobody is left in the file to sign up.</summary>
    public bool FileIsUsedUp { get; private set; }

    /// <summary>Somebody comes, does what he came for, and leaves.</summary>
    /// <param name="errand">What he comes for; without an account to use he makes one instead.</param>
    /// <param name="seed">Of his thinking.</param>
    /// <param name="late">For how long he should have been there already.</param>
    public async Task Run(Errand errand, int seed, TimeSpan late)
    {
        var account = errand switch
        {
            Errand.SignIn => accounts.TakeAny(),
            Errand.Enrolment => accounts.TakePlain(),
            _ => null,
        };
        if (errand is Errand.SignIn or Errand.Enrolment && account is null)
            errand = Errand.SignUp;
        if (errand != Errand.Bot && (account ??= NextPerson()) is null)
            return;
        meter.Enter(errand);
        using var browser = new LoadBrowser(new(options.Site, meter, options.Forwarded?.Address(Interlocked.Increment(ref came)), options.Assets), impatient: errand == Errand.Bot);
        var finished = false;
        try
        {
            if (errand == Errand.Bot)
                finished = await TryPasswords(browser, new Random(seed));
            else
            {
                var visitor = new Visitor(browser, account!, post, options.Think, new Random(seed), clumsy: errand == Errand.Clumsy);
                visitor.ArriveLate(late);
                finished = await Run(errand, visitor, browser, account!, seed);
            }
        }
        catch (VisitFailedException failed)
        {
            meter.NoteError(failed.Kind, failed.Message);
        }
        catch (OperationCanceledException) when (cutOff.IsCancellationRequested)
        {
            meter.NoteCutOff();
        }
        finally
        {
            meter.Leave(errand, finished ? browser.Busy : null);
        }
    }

    private Task<bool> Run(Errand errand, Visitor visitor, LoadBrowser browser, Account account, int seed) => errand switch
    {
        Errand.SignUp or Errand.Clumsy => SignUp(visitor, browser, account),
        Errand.SignIn => SignIn(visitor, browser, account),
        Errand.Enrolment => Enrol(visitor, browser, account),
        Errand.GivesUp => GiveUp(visitor, browser, seed),
        Errand.Bot => throw new ArgumentOutOfRangeException(nameof(errand)),
    };

    private async Task<bool> SignUp(Visitor visitor, LoadBrowser browser, Account account)
    {
        await visitor.Reach("/inscription/profil", () => browser.Path == "/inscription/terminee", cutOff);
        accounts.Acknowledge(account);
        var acknowledged = meter.Now;
        await AwaitLetter(account, Letters.ProvisionalPassword);
        meter.Letters.Note(meter.Now - acknowledged);
        await visitor.Reach("/connexion", () => browser.Path == "/espace-prive" && account.Uncertain is null, cutOff);
        accounts.GiveBack(account);
        return true;
    }

    private async Task<bool> SignIn(Visitor visitor, LoadBrowser browser, Account account)
    {
        try
        {
            await visitor.Reach("/connexion", () => browser.Path == "/espace-prive", cutOff);
            await visitor.See("/mon-compte", cutOff);
            await visitor.SignOut(cutOff);
            return true;
        }
        finally
        {
            accounts.GiveBack(account);
        }
    }

    private async Task<bool> Enrol(Visitor visitor, LoadBrowser browser, Account account)
    {
        await visitor.Reach("/connexion", () => browser.Path == "/espace-prive", cutOff);
        await visitor.Reach("/complement-inscription/departement", () => browser.Path == "/complement-inscription/accuse", cutOff);
        if (options.Codes)
        {
            await AwaitLetter(account, Letters.DepartmentCode);
            await visitor.Reach("/complement-inscription/code", () => browser.Path == "/premiere-connexion/confirmation", cutOff);
        }
        accounts.GiveBack(account, hasEnrolled: true);
        return true;
    }

    private async Task<bool> GiveUp(Visitor visitor, LoadBrowser browser, int seed)
    {
        await visitor.Reach("/inscription/profil", () => browser.Path == "/inscription/conditions", cutOff, most: new Random(seed).Next(1, MostPagesBeforeGivingUp));
        return true;
    }

    // Numbers that are well formed and nobody's, so that nobody's account is locked by them.
    private async Task<bool> TryPasswords(LoadBrowser browser, Random random)
    {
        for (var tries = 0; tries < BotTries; tries++)
        {
            await browser.Open("/connexion", TimeSpan.Zero, cutOff);
            await browser.Send(TimeSpan.Zero, cutOff, ("Identifier", $"1{random.Next(10, 99)}0199{random.Next(100_000, 1_000_000)}"), ("Password", $"azerty{tries}"));
        }
        return true;
    }

    private async Task AwaitLetter(Account account, string subject)
    {
        if (await post.Wait(account.Person.Email, subject, options.LettersWithin, cutOff) is null)
            throw new VisitFailedException("no letter", $"{account.Person.Email} did not get « {subject} » in {options.LettersWithin.TotalSeconds:0} s.");
    }

    private Account? NextPerson()
    {
        lock (next)
        {
            if (!FileIsUsedUp && people.MoveNext())
                return new Account(people.Current);
            FileIsUsedUp = true;
            return null;
        }
    }
}
