namespace MsaOrleans.Web.Forms;

/// <summary>The assistance Internet's telephone (leaflet).</summary>
public static class Hotline
{
    public const string Number = "09 69 36 37 03";

    /// <summary>What a phone dials.</summary>
    public const string Link = "tel:+33969363703";
}
