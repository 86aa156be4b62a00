using System.Security.Cryptography;
using System.Text;
using Selfservice.Courier;
using Selfservice.Flows;
using Selfservice.Identities;
using Selfservice.Nodes;
using Selfservice.Recovery;
using Selfservice.Schemas;
using Selfservice.Storage;
using Selfservice.Submissions;

namespace Selfservice.Strategies.Code;

/// <summary>
/// Recovery that asks which address the code goes to: one address names the account, another of its addresses may get the code. The hidden field <c>recovery_address</c> carries the first through all
/// steps.
/// </summary>
internal sealed class CodeRecoveryByChoice(CodeRecovery recovery, IStore store)
{
    private const string AddressField = "recovery_address";
    private const string SelectField = "recovery_select_address";
    private const string ConfirmField = "recovery_confirm_address";
    private const int MaximumAddresses = 10;
    private static readonly FlowState AwaitingAddress = new("recovery_awaiting_address");
    private static readonly FlowState AwaitingChoice = new("recovery_awaiting_address_choice");
    private static readonly FlowState Confirming = new("recovery_confirming_address");
    private static readonly FlowState AwaitingCode = new("recovery_awaiting_code");

    public static bool IsState(FlowState state) => state == AwaitingAddress || state == AwaitingChoice || state == Confirming || state == AwaitingCode;

    public static void Begin(RecoveryFlow flow)
    {
        flow.State = AwaitingAddress;
        CodeNodes.Show(
            flow.Ui,
            CsrfTokens.Node(flow),
            UiNode.Input(CodeNodes.Group, new() { Name = AddressField, Type = InputType.Text, Required = true }, CodeMessages.RecoveryAddress),
            CodeNodes.Submit);
    }

    public ValueTask<StrategyResult<RecoveryProof>> SubmitAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (TransientPayload.Read(submission.Submission, out var fault) is null && fault is not null)
            return ValueTask.FromResult<StrategyResult<RecoveryProof>>(new StrategyResult<RecoveryProof>.Rejected(fault));
        var (state, sent) = (submission.Flow.State, submission.Submission);
        if ((state == Confirming || state == AwaitingCode) && sent.Text("screen") == "previous")
            return GoBackAsync(submission, cancellationToken);
        if (state == AwaitingAddress)
            return TakeAddressAsync(submission, cancellationToken);
        if (state == AwaitingChoice)
            return TakeChoiceAsync(submission, cancellationToken);
        if (state == Confirming)
            return TakeConfirmationAsync(submission, cancellationToken);
        return sent.Text("code") is null ? TakeConfirmationAsync(submission, cancellationToken) : recovery.RedeemAsync(submission, cancellationToken);
    }

    private async ValueTask<StrategyResult<RecoveryProof>> TakeAddressAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text(AddressField) is not { } typed)
            return Missing(AddressField);
        var addresses = await AddressesOfAsync(typed, cancellationToken).ConfigureAwait(false);
        // An address that nobody has looks like one that is an account's only one.
        if (addresses.Count == 0 || (addresses.Count == 1 && addresses[0].Value == typed))
            return await SendAsync(submission, typed, typed, cancellationToken).ConfigureAwait(false);
        ShowChoice(submission.Flow, typed, addresses);
        return new StrategyResult<RecoveryProof>.Pending();
    }

    private async ValueTask<StrategyResult<RecoveryProof>> TakeChoiceAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text(SelectField) is not { } chosen)
            return Missing(SelectField);
        if (submission.Submission.Text(AddressField) is not { } typed)
            return Missing(AddressField);
        if (chosen == Fingerprint(typed))
            return await SendAsync(submission, typed, typed, cancellationToken).ConfigureAwait(false);
        var addresses = await AddressesOfAsync(typed, cancellationToken).ConfigureAwait(false);
        if (addresses.FirstOrDefault(a => Fingerprint(a.Value) == chosen) is not { } address)
            return new StrategyResult<RecoveryProof>.Rejected(new FieldMessage("", FlowMessages.Generic("The selected recovery address is not valid.")));
        ShowConfirmation(submission.Flow, typed, address);
        return new StrategyResult<RecoveryProof>.Pending();
    }

    private async ValueTask<StrategyResult<RecoveryProof>> TakeConfirmationAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Submission.Text(ConfirmField) is not { } confirmed)
            return Missing(ConfirmField);
        return await SendAsync(submission, submission.Submission.Text(AddressField) ?? confirmed, confirmed, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StrategyResult<RecoveryProof>> GoBackAsync(RecoverySubmission submission, CancellationToken cancellationToken)
    {
        var typed = submission.Submission.Text(AddressField) ?? "";
        var addresses = await AddressesOfAsync(typed, cancellationToken).ConfigureAwait(false);
        if (addresses.Count > 1)
            ShowChoice(submission.Flow, typed, addresses);
        else
            Begin(submission.Flow);
        return new StrategyResult<RecoveryProof>.Pending();
    }

    private async ValueTask<StrategyResult<RecoveryProof>> SendAsync(RecoverySubmission submission, string named, string to, CancellationToken cancellationToken)
    {
        var (identity, address) = await recovery.FindAsync(to, cancellationToken).ConfigureAwait(false);
        var channel = to.Contains('@', StringComparison.Ordinal) ? MessageChannel.Email : MessageChannel.Sms;
        var work = await recovery.PrepareAsync(submission, identity, channel, address ?? to, cancellationToken).ConfigureAwait(false);
        ShowCode(submission.Flow, named, to);
        return new StrategyResult<RecoveryProof>.Pending(work);
    }

    private async ValueTask<IReadOnlyList<RecoveryAddress>> AddressesOfAsync(string typed, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<string> values = [typed, IdentifierNormalizer.Normalize(typed)];
        var found = await store.ReadAsync((scope, token) => scope.Identities.FindByRecoveryAddressAsync(values, token), cancellationToken).ConfigureAwait(false);
        return [.. found.SelectMany(i => i.RecoveryAddresses).OrderBy(a => a.Value, StringComparer.Ordinal).Take(MaximumAddresses)];
    }

    private static void ShowChoice(RecoveryFlow flow, string typed, IReadOnlyList<RecoveryAddress> addresses)
    {
        flow.State = AwaitingChoice;
        CodeNodes.Show(
            flow.Ui,
            [
                CsrfTokens.Node(flow),
                .. addresses.Select(a => UiNode.Submit(CodeNodes.Group, SelectField, Fingerprint(a.Value), CodeMessages.Masked(Mask(a.Value)))),
                CodeNodes.Method,
                CodeNodes.Hidden(AddressField, typed),
            ]);
        flow.Ui.AddMessage(CodeMessages.ChooseAddress);
    }

    private static void ShowConfirmation(RecoveryFlow flow, string typed, RecoveryAddress address)
    {
        flow.State = Confirming;
        var (type, label) = address.Via == "sms" ? (InputType.Telephone, CodeMessages.Phone) : (InputType.Email, CodeMessages.Email);
        CodeNodes.Show(
            flow.Ui,
            CsrfTokens.Node(flow),
            UiNode.Input(CodeNodes.Group, new() { Name = ConfirmField, Type = type, Required = true, Value = System.Text.Json.Nodes.JsonValue.Create("") }, label),
            CodeNodes.Hidden(AddressField, typed),
            CodeNodes.Submit,
            CodeNodes.Method,
            Back());
        flow.Ui.AddMessage(CodeMessages.ConfirmAddress);
    }

    private static void ShowCode(RecoveryFlow flow, string named, string to)
    {
        flow.State = AwaitingCode;
        CodeNodes.Show(
            flow.Ui,
            CsrfTokens.Node(flow),
            CodeRecovery.Code(),
            CodeNodes.Submit,
            CodeNodes.Method,
            CodeNodes.Resend(ConfirmField, to),
            CodeNodes.Hidden(AddressField, named),
            Back());
        flow.Ui.AddMessage(CodeMessages.SentTo(Mask(to)));
    }

    private static UiNode Back() => UiNode.Submit(CodeNodes.Group, "screen", "previous", CodeMessages.Back);

    private static StrategyResult<RecoveryProof>.Rejected Missing(string field) => new(new FieldMessage(field, FlowMessages.Missing(field)));

    private static string Fingerprint(string address) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(address)));

    /// <summary>As much of an address as its owner needs to tell it from others.</summary>
    internal static string Mask(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
            return at < 2 ? address : $"{address[..2]}****{address[at..]}";
        return address.Length < 6 ? address : $"{address[..3]}****{address[^2..]}";
    }
}
