using PhoneNumbers;

namespace Selfservice.Schemas;

/// <summary>Phone numbers in international notation.</summary>
internal static class InternationalPhone
{
    /// <summary>The E.164 form; null with the reason when the text is no valid number.</summary>
    public static string? ToE164(string text, out string reason)
    {
        reason = "";
        try
        {
            var library = PhoneNumberUtil.GetInstance();
            var number = library.Parse(text, null);
            if (library.IsValidNumber(number))
                return library.Format(number, PhoneNumberFormat.E164);
            reason = $"{GoText.Quote(text)} is not valid \"tel\"";
        }
        catch (NumberParseException e)
        {
            reason = e.ErrorType switch
            {
                ErrorType.INVALID_COUNTRY_CODE => "invalid country code",
                ErrorType.TOO_SHORT_NSN or ErrorType.TOO_SHORT_AFTER_IDD => "the string supplied is too short to be a phone number",
                ErrorType.TOO_LONG => "the string supplied is too long to be a phone number",
                _ => "the phone number supplied is not a number",
            };
        }

        return null;
    }
}
