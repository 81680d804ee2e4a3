using System.Text.Json;
using System.Text.Json.Serialization;
using MsaOrleans.Grains.Interfaces.Adherents;
using MsaOrleans.Grains.Interfaces.Documents;

namespace MsaOrleans.Grains.Storage;

internal sealed class NirConverter : TextConverter<Nir>
{
    protected override Nir Parse(string text) => Nir.Parse(text);

    protected override string Format(Nir value) => value.Value;
}

internal sealed class EmailAddressConverter : TextConverter<EmailAddress>
{
    protected override EmailAddress Parse(string text) => EmailAddress.Kept(text);

    protected override string Format(EmailAddress value) => value.Value;
}

internal sealed class PhoneNumberConverter : TextConverter<PhoneNumber>
{
    protected override PhoneNumber Parse(string text) => PhoneNumber.Parse(text);

    protected override string Format(PhoneNumber value) => value.Value;
}

internal sealed class VerificationCodeConverter : TextConverter<VerificationCode>
{
    protected override VerificationCode Parse(string text) => VerificationCode.Parse(text);

    protected override string Format(VerificationCode value) => value.Value;
}

internal abstract class TextConverter<T> : JsonConverter<T>
    where T : class
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString() ?? throw new JsonException());

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    protected abstract T Parse(string text);

    protected abstract string Format(T value);
}
