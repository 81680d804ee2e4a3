using AngleSharp.Html.Parser;
using MsaOrleans.Grains.Dispatching;
using MsaOrleans.Testing;

namespace MsaOrleans.Mail.Tests;

/// <summary>What a letter tells, in the text and in the page: what has happened, what follows from it, and what to do if it was not him.</summary>
public sealed class LetterWordsTests
{
    [Fact]
    public void Who_asked_for_no_new_password_is_told_that_his_own_still_works()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.NewProvisionalPassword));

        Assert.Equal("Votre nouveau mot de passe provisoire", mail.Subject);
        Says(mail, "Vous avez demandé un nouveau mot de passe", "votre mot de passe habituel fonctionne toujours");
    }

    [Fact]
    public void A_lock_is_told_with_its_end_as_people_in_France_say_it_and_with_the_way_out()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.SignInLocked));

        Assert.Equal("Connexion suspendue à Mon espace privé", mail.Subject);
        Says(mail, "la connexion est suspendue jusqu’au jeudi 26 février 2026 à 10\u00a0h\u00a045 (heure de Paris).", "rien n’a été modifié");
        LinksTo(mail, "https://espace-prive.msa.example/mot-de-passe/oublie");
    }

    [Fact]
    public void A_lock_that_ends_nowhere_is_told_without_an_end()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.SignInLocked) with { ExpiresAt = null });

        Says(mail, "la connexion est suspendue.");
        Assert.DoesNotContain("jusqu’au", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_password_is_told_with_what_to_do_if_it_was_not_him()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.PasswordChanged));

        Assert.Equal("Votre mot de passe a été modifié", mail.Subject);
        Says(mail, "Toutes les autres connexions ont été fermées.", "Ce n’était pas vous\u00a0?");
        LinksTo(mail, "https://espace-prive.msa.example/mot-de-passe/oublie");
    }

    [Fact]
    public void A_link_to_FranceConnect_is_told_with_what_to_do_if_it_was_not_him()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.FranceConnectLinked));

        Assert.Equal("Votre compte est relié à FranceConnect", mail.Subject);
        Says(mail, "Ce n’était pas vous\u00a0?", "09\u00a069\u00a036\u00a037\u00a003");
        LinksTo(mail, "https://espace-prive.msa.example");
    }

    [Fact]
    public void A_closed_account_is_told_with_what_is_kept_and_the_way_back()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.AccountClosed));

        Assert.Equal("Votre espace privé est fermé", mail.Subject);
        Says(mail, "vous ne pouvez plus vous connecter", "cinq ans");
        LinksTo(mail, "https://espace-prive.msa.example/inscription");
    }

    [Fact]
    public void An_answer_is_announced_with_where_to_read_it_and_no_link_but_the_site_s()
    {
        var mail = Letters.Read(Letters.Of(LetterKind.MessageAnswered));

        Assert.Equal("Vous avez reçu une réponse", mail.Subject);
        Says(mail, "ouvrez «\u00a0Écrire à ma caisse\u00a0» dans votre espace privé.", "ne contient ni votre message, ni la réponse");
        LinksTo(mail, "https://espace-prive.msa.example");
    }

    [Theory]
    [InlineData(LetterKind.EmailCorrectionRequested, "Demande de changement d’adresse électronique", "la MSA continue de vous écrire ici")]
    [InlineData(LetterKind.EmailCorrected, "L’adresse électronique de votre inscription a été corrigée", "celui que vous avez pu recevoir ici ne fonctionne plus")]
    public void What_the_hotline_changed_is_told_with_what_to_do_if_it_was_not_he_who_called(LetterKind kind, string subject, string consequence)
    {
        var mail = Letters.Read(Letters.Of(kind));

        Assert.Equal(subject, mail.Subject);
        Says(mail, "Lors d’un appel à l’Assistance Internet", consequence, "Vous n’avez pas appelé\u00a0?");
    }

    /// <summary>In the text, and in the page.</summary>
    private static void Says(ReceivedMail mail, params string[] sentences)
    {
        foreach (var words in (string[])[mail.Text, new HtmlParser().ParseDocument(mail.Html).Body!.TextContent])
            Assert.All(sentences, sentence => Assert.Contains(sentence, words, StringComparison.Ordinal));
    }

    private static void LinksTo(ReceivedMail mail, string page)
    {
        Assert.Contains(page, mail.Text, StringComparison.Ordinal);
        Assert.Equal([page], new HtmlParser().ParseDocument(mail.Html).QuerySelectorAll("a[href^=http]").Select(link => link.GetAttribute("href")));
    }
}
