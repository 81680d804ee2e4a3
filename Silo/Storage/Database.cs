using System.Data.Common;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Storage;

/// <summary>The database of an installation, its schema in place. SQL that both kinds share is where it is used; what differs is here.</summary>
public abstract class Database
{
    /// <summary>The name under which Orleans' ADO.NET provider knows this kind of database.</summary>
    public abstract string OrleansInvariant { get; }

    /// <summary>Connections that may write, and that Orleans uses for everything.</summary>
    public abstract DbDataSource Writes { get; }

    /// <summary>Connections that only read, and that no writer ever holds up.</summary>
    public abstract DbDataSource Reads { get; }

    /// <summary>One page of the adherents with something due at <c>@Moment</c>, after the row (<c>@Due</c>, <c>@N0</c>, <c>@N1</c>).</summary>
    internal abstract string DuePageQuery { get; }

    /// <summary>One page of the adherents to whom a letter is owed, after the row (<c>@N0</c>, <c>@N1</c>).</summary>
    internal abstract string OwedPageQuery { get; }

    /// <summary>Writes rows of one table of the registry, all or none of them, over what was there under their keys.</summary>
    internal abstract Task WriteRegistry(IReadOnlyList<SealedRow> rows, CancellationToken stop);
}
