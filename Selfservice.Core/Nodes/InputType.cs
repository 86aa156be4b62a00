namespace Selfservice.Nodes;

/// <summary>The types that an input may have on the wire.</summary>
public static class InputType
{
    /// <summary>A line of text.</summary>
    public const string Text = "text";

    /// <summary>A secret that is not shown.</summary>
    public const string Password = "password";

    /// <summary>A number.</summary>
    public const string Number = "number";

    /// <summary>A yes or no.</summary>
    public const string Checkbox = "checkbox";

    /// <summary>A value that is sent but not shown.</summary>
    public const string Hidden = "hidden";

    /// <summary>An e-mail address.</summary>
    public const string Email = "email";

    /// <summary>A telephone number.</summary>
    public const string Telephone = "tel";

    /// <summary>A button that sends the form.</summary>
    public const string Submit = "submit";

    /// <summary>A button that runs a script.</summary>
    public const string Button = "button";

    /// <summary>A date and a time.</summary>
    public const string DateTime = "datetime-local";

    /// <summary>A date.</summary>
    public const string Date = "date";

    /// <summary>A URL.</summary>
    public const string Url = "url";
}
