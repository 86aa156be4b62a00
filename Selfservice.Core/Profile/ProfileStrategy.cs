using Microsoft.Extensions.Options;
using Selfservice.Configuration;
using Selfservice.Flows;
using Selfservice.Nodes;
using Selfservice.Registration;
using Selfservice.Strategies;
using Selfservice.Submissions;

namespace Selfservice.Profile;

/// <summary>The first step of a registration in two steps: the profile. It makes no account; it only checks the traits and asks for a credential.</summary>
internal sealed class ProfileStrategy(IOptions<SelfserviceOptions> options, IOptions<ProfileOptions> profile, IServiceProvider services) : IRegistrationStrategy
{
    private const string ToCredentials = "credential-selection";
    private const string ToProfile = "previous";
    private static readonly NodeGroup Group = new("profile");

    public MethodId Id { get; } = new("profile");

    public bool IsEnabled => profile.Value.Enabled && !options.Value.Flows.Registration.IsOneStep;

    public int NodeOrder => 900;

    public Claim Claims(Submission submission)
    {
        var isBack = submission.Text("screen") == ToProfile || submission.Method == "profile:back";
        return !IsEnabled ? Claim.None
            : isBack && submission.Method is null or "profile" or "profile:back" ? isBack ? Claim.Navigate : Claim.Submit
            : submission.Method == Id.Name || (submission.Method is null && submission.Text("screen") is not null) ? Claim.Submit
            : Claim.None;
    }

    public ValueTask AddNodesAsync(RegistrationForm form, CancellationToken cancellationToken)
    {
        if (form.Stage == RegistrationStage.Profile)
            form.Ui.Nodes.Upsert(UiNode.Submit(Group, "method", Id.Name, RegistrationMessages.SignUp));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<StrategyResult<Enrollment>> RegisterAsync(RegistrationSubmission submission, CancellationToken cancellationToken)
    {
        var screen = submission.Submission.Method == "profile:back" ? ToProfile : submission.Submission.Text("screen");
        var faults = submission.TraitFaults.ToList();
        if (screen is not (null or ToCredentials or ToProfile))
            faults.Add(new("screen", FlowMessages.Generic($"value must be one of \"{ToCredentials}\", \"{ToProfile}\"")));
        if (faults.Count > 0)
            return new StrategyResult<Enrollment>.Rejected([.. faults]);
        var form = new RegistrationForm(submission.Flow, screen == ToProfile ? RegistrationStage.Profile : RegistrationStage.Credential, submission.Schema);
        submission.Flow.Ui.ClearMessages();
        if (form.Stage == RegistrationStage.Profile)
            ShowProfile(form);
        else
            HideProfile(form);
        foreach (var strategy in Strategies().Where(s => s.IsEnabled))
            await strategy.AddNodesAsync(form, cancellationToken).ConfigureAwait(false);
        submission.Flow.Active = null;
        return new StrategyResult<Enrollment>.Pending();
    }

    private static void HideProfile(RegistrationForm form)
    {
        form.Ui.Nodes.RemoveAll(n => n.Group == Group);
        for (var i = 0; i < form.Ui.Nodes.Count; i++)
            if (form.Ui.Nodes[i].Group == NodeGroup.Default)
                form.Ui.Nodes[i] = form.Ui.Nodes[i].Hidden();
        form.Ui.Nodes.Add(UiNode.Submit(Group, "screen", ToProfile, FlowMessages.Back));
        form.Ui.AddMessage(RegistrationMessages.ChooseCredential);
    }

    private void ShowProfile(RegistrationForm form)
    {
        var owned = Strategies().Where(s => s.Id != Id).Select(s => s.NodeGroup).ToHashSet();
        form.Ui.Nodes.RemoveAll(n => n.Group == Group || owned.Contains(n.Group));
        foreach (var field in form.Schema.TraitFields)
            if (form.Ui.Nodes.IndexOf(field.Path) is var i and >= 0)
                form.Ui.Nodes[i] = field.ToNode().WithValue((form.Ui.Nodes[i].Attributes as InputAttributes)?.Value);
    }

    private IEnumerable<IRegistrationStrategy> Strategies() =>
        (services.GetService(typeof(IEnumerable<IStrategy>)) as IEnumerable<IStrategy> ?? []).OfType<IRegistrationStrategy>();
}
