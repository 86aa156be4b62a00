namespace Selfservice.Ui.Errors;

/// <summary>What the error page shows.</summary>
internal sealed record ErrorPageModel(ErrorText Text, ErrorPageInfo? Error, string? Reference)
{
    public static ErrorPageModel For(ErrorPageInfo? error, string? id, ErrorTexts texts)
    {
        var text = error switch
        {
            null => texts.ByCode.TryGetValue(404, out var missing) ? missing : texts.Other,
            { Id: { } errorId } when texts.ById.TryGetValue(errorId, out var byId) => byId,
            _ when texts.ByCode.TryGetValue(error.Code, out var byCode) => byCode,
            _ => texts.Other,
        };
        // Only an id that led to an error is worth telling support; anything else in the URL is somebody's text.
        return new(text, error, error is not null && Guid.TryParse(id, out var reference) ? reference.ToString("D") : null);
    }
}
