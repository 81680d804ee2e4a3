using System.Text;
using MsaOrleans.Silo.Registry;

namespace MsaOrleans.Silo.Tests.Registry;

public sealed class ExternalSortTests
{
    private static readonly SortFormat<(int Number, string Text)> format = new(
        (one, other) => one.Number.CompareTo(other.Number),
        item => item.Text.Length,
        (item, writer) =>
        {
            writer.Write(item.Number);
            writer.Write(item.Text);
        },
        reader => (reader.ReadInt32(), reader.ReadString()));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(100_000, 1_000)]
    public void Whatever_fits_the_memory_or_not_comes_back_in_order(int count, int runs)
    {
        using var sort = new ExternalSort<(int Number, string Text)>(format, memory: 1_000);
        var numbers = Enumerable.Range(0, count).ToArray();
        new Random(1).Shuffle(numbers);
        foreach (var number in numbers)
            sort.Add((number, "1234567éà½"));
        Assert.Equal(Enumerable.Range(0, count).Select(number => (number, "1234567éà½")), sort.InOrder());
        Assert.Equal(runs, sort.Spilled);
    }

    [Fact]
    public void Items_longer_than_the_memory_or_than_a_block_are_no_exception()
    {
        using var sort = new ExternalSort<(int Number, string Text)>(format, memory: 1_000);
        var items = Enumerable.Range(0, 20).Select(number => (number, new string((char)('a' + number), number * 5_000))).ToList();
        items.AsEnumerable().Reverse().ToList().ForEach(sort.Add);
        Assert.Equal(items, sort.InOrder());
    }

    [Fact]
    public void What_lies_on_the_disk_has_no_name_and_tells_nothing()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Looks at the open files of this process as Linux shows them.");
        using var sort = new ExternalSort<(int Number, string Text)>(format, memory: 1_000);
        for (var number = 0; number < 1_000; number++)
            sort.Add((number, "1630967482229;LAMY"));
        var written = OpenFiles().Single(file => new FileInfo(file).LinkTarget is { } name && name.Contains(".sort", StringComparison.Ordinal));
        Assert.EndsWith(" (deleted)", new FileInfo(written).LinkTarget, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(written);
        Assert.True(bytes.Length > 20_000);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("LAMY")) < 0);
    }

    [Fact]
    public void A_line_comes_back_as_it_was()
    {
        KeyedLine[] lines = [new(Guid.NewGuid(), new(7, "1630967482229;J-1;Santé;2.50", false)), new(KeyedLine.Nobody, new(8, "", true))];
        foreach (var line in lines)
            Assert.Equal(line, Again(KeyedLine.Format, line));
        var refused = new RejectedLine(9, "payment: told of too often in the same words", "\"");
        Assert.Equal(refused, Again(RejectedLine.Format, refused));
    }

    [Fact]
    public void Lines_are_in_the_order_in_which_databases_have_their_keys()
    {
        byte[][] keys = [[0, .. new byte[15]], [0, 0, 0, 1, .. new byte[12]], [1, .. new byte[15]], [0x7F, .. new byte[15]], [0x80, .. new byte[15]], [0xFF, .. new byte[14], 1], [0xFF, .. new byte[14], 0xFF]];
        var lines = keys.SelectMany(key => new[] { 2, 10 }.Select(number => new KeyedLine(key.ToGuid(), new(number, "", false)))).ToList();
        using var sort = new ExternalSort<KeyedLine>(KeyedLine.Format);
        lines.AsEnumerable().Reverse().ToList().ForEach(sort.Add);
        Assert.Equal(lines, sort.InOrder());
    }

    private static T Again<T>(SortFormat<T> format, T item)
    {
        var written = new MemoryStream();
        using var writer = new BinaryWriter(written);
        format.Write(item, writer);
        written.Position = 0;
        using var reader = new BinaryReader(written);
        return format.Read(reader);
    }

    private static IEnumerable<string> OpenFiles() => Directory.EnumerateFiles("/proc/self/fd");
}
