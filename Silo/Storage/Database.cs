using System.Data.Common;

namespace MsaOrleans.Silo.Storage;

/// <summary>The database of an installation, its schema in place.</summary>
public abstract class Database
{
    /// <summary>The name under which Orleans' ADO.NET provider knows this kind of database.</summary>
    public abstract string OrleansInvariant { get; }

    /// <summary>Connections that may write, and that Orleans uses for everything.</summary>
    public abstract DbDataSource Writes { get; }

    /// <summary>Connections that only read, and that no writer ever holds up.</summary>
    public abstract DbDataSource Reads { get; }
}
