using System.Runtime.CompilerServices;
using MsaOrleans.Grains;
using MsaOrleans.Silo.Storage;

namespace MsaOrleans.Silo.Agents;

/// <summary>Finds all agents, in their own rows: there is no list that could disagree with them.</summary>
internal sealed class AgentDirectory(Database database, AgentRowSerializer rows)
{
    /// <summary>Everybody who has an account, by login.</summary>
    public async Task<IReadOnlyList<AgentState>> All(CancellationToken stop) =>
        await Read(stop).Where(agent => agent.Profile is not null).OrderBy(agent => agent.Profile!.Login.Value, StringComparer.Ordinal).ToListAsync(stop);

    private async IAsyncEnumerable<AgentState> Read([EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await database.Reads.OpenConnectionAsync(stop);
        await using var query = connection.CreateCommand();
        query.CommandText = database.AgentsQuery;
        query.Add("Due", AgentRowSerializer.DueOfAgents).Add("State", AgentGrain.StateName);
        await using var reader = await query.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            yield return rows.Deserialize<AgentState>(new((byte[])reader.GetValue(0)));
    }
}
