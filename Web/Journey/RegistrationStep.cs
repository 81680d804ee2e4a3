namespace MsaOrleans.Web.Journey;

/// <summary>The pages of the sign-up, in the leaflet's order.</summary>
public enum RegistrationStep
{
    Profile,
    Identifier,
    Preparation,
    ContactDetails,
    HealthInsurance,
    VitaleCard,
    Payment,
    Blocked,
    Password,
    Terms,
    Finished,
}

/// <summary>Says which step of the sign-up a page is; a visitor who has not come so far, or is past it, is sent to the step that is due.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepAttribute(RegistrationStep step) : Attribute
{
    public RegistrationStep Step => step;
}
