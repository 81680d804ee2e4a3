namespace MsaOrleans.Silo.Registry;

/// <summary>A line and whom it tells of, as far as its first cell says.</summary>
/// <param name="Adherent">His pseudonym, or <see cref="Nobody"/>.</param>
internal readonly record struct KeyedLine(Guid Adherent, SourceLine Source)
{
    /// <summary>Of lines whose first cell is no NIR. As likely to be somebody's pseudonym as any other guess.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    /// <summary>By adherent, in the order in which databases have his bytes, then as in the file.</summary>
    public static readonly SortFormat<KeyedLine> Format = new(
        (one, other) => one.Adherent.CompareTo(other.Adherent) is not 0 and var order ? order : one.Source.Number.CompareTo(other.Source.Number),
        line => line.Source.Text.Length,
        (line, writer) =>
        {
            writer.Write(line.Adherent.ToByteArray());
            writer.Write(line.Source.Number);
            writer.Write(line.Source.Text);
            writer.Write(line.Source.TooLong);
        },
        reader => new(new Guid(reader.ReadBytes(16)), new(reader.ReadInt32(), reader.ReadString(), reader.ReadBoolean())));

    public override string ToString() => $"keyed {Source}";
}
