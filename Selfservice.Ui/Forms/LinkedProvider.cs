namespace Selfservice.Ui.Forms;

/// <summary>One line of the linked accounts in the settings.</summary>
/// <param name="Mark">The provider.</param>
/// <param name="IsLinked">Whether the person can sign in with it.</param>
/// <param name="Button">What links or unlinks it; null for the only way in, which stays.</param>
internal sealed record LinkedProvider(ProviderMark Mark, bool IsLinked, ButtonModel? Button);
