using System.Reflection;
using System.Runtime.CompilerServices;
using MsaOrleans.Grains.Interfaces;

namespace MsaOrleans.Grains.Tests.Domain;

/// <summary>
/// What the grains and their callers tell each other may end up in a log, an exception or a trace by its <c>ToString</c>, which C# makes of everything
/// in it unless told otherwise. So none tells a name, an address, a number, a secret, a sum, a birth date, or what somebody wrote.
/// </summary>
public sealed class DiscretionTests
{
    /// <summary>All of it that is told in words, in sums or as a day.</summary>
    private static readonly string[] told =
    [
        "ActiveDepartment.Department", // codes of departments, and of caisses below: thousands share them
        "AgentAct.Agent", // logins of agents: the record of the hotline names them everywhere
        "AgentLogin.Value",
        "AgentSearches.Agent",
        "AuditLine.Detail", // an outcome, and a department, a topic or the name of a value before it
        "AuditQuery.Agent",
        "CaisseMail.Caisse",
        "ClosedAccountRecord.TermsVersion",
        "ContactSummary.Email", // masked already, as are the others of the hotline's file
        "ContactSummary.LandlinePhone",
        "ContactSummary.MobilePhone",
        "ContactSummary.PendingEmail",
        "ConversationHold.Agent",
        "EnrolmentRequestSummary.Department",
        "FileNote.Agent",
        "LetterRecord.Kind",
        "LetterSummary.Kind",
        "LetterSummary.To",
        "OtherDepartment.Department",
        "PaymentPeriod.From", // the days that a certificate is asked for
        "PaymentPeriod.To",
        "PaymentsOfMonth.Month",
        "PostalPreparation.Agent",
        "SiloStanding.Name",
        "TimelineEntry.Department",
        "TimelineEntry.Letter",
        "TimelineEntry.Subject", // as of AuditLine
        "WaitingBatch.Caisse",
    ];

    private static readonly Type[] sent = [.. typeof(IAdherentFacet).Assembly.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute)) && type is { IsAbstract: false, IsEnum: false } && !type.IsAssignableTo(typeof(Exception)))];

    [Fact]
    public void What_is_sent_tells_nothing_of_whom()
    {
        var values = new Values();
        string[] found = [.. sent.SelectMany(type => values.FoundIn($"{values.Of(type)}")).Distinct()];
        Assert.Equal((string[])[], found.Except(told));
        Assert.Equal((string[])[], told.Except(found)); // the list has nothing more than it must
    }

    [Fact]
    public void But_it_says_what_it_is() => Assert.All(sent, type => Assert.False(string.IsNullOrWhiteSpace($"{new Values().Of(type)}"), type.FullName));

    /// <summary>Something in every field, and each text, sum and day another, by which it is known again.</summary>
    private sealed class Values
    {
        private readonly Dictionary<string, string> fieldsByText = [];

        public IEnumerable<string> FoundIn(string text) => fieldsByText.Where(field => text.Contains(field.Key, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

        public object? Of(Type type, string field = "")
        {
            if (Nullable.GetUnderlyingType(type) is { } underlying)
                return Of(underlying, field);
            if (type == typeof(string))
                return Known($"fritz.lamy{fieldsByText.Count:000}@example.fr", field);
            if (type == typeof(decimal))
                return Known(1_000_000.25m + fieldsByText.Count, field);
            if (type == typeof(DateOnly))
                return Known(new DateOnly(1963, 9, 12).AddDays(fieldsByText.Count), field);
            if (type.IsGenericType && type.GetGenericArguments() is [var item])
                return List(item, field);
            if (type.Assembly != typeof(IAdherentFacet).Assembly || type.IsEnum)
                return type.IsValueType ? Activator.CreateInstance(type) : null;
            if (type.IsAbstract)
                return Of(type.GetNestedTypes().First(type.IsAssignableFrom), field);
            var made = RuntimeHelpers.GetUninitializedObject(type);
            for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
            {
                foreach (var each in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    each.SetValue(made, Of(each.FieldType, $"{declaring.Name}.{each.Name.Split('<', '>')[1]}"));
            }
            return made;
        }

        private Array List(Type item, string field)
        {
            var list = Array.CreateInstance(item, 1);
            list.SetValue(Of(item, field), 0);
            return list;
        }

        private T Known<T>(T value, string field)
            where T : notnull
        {
            fieldsByText.Add(value.ToString()!, field);
            return value;
        }
    }
}
