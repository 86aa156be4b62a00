namespace Selfservice.Ui;

/// <summary>Every text of the pages that does not come from a flow. Set single properties to reword, all of them to translate.</summary>
public class PageTexts
{
    /// <summary>Title of the sign-in page.</summary>
    public string LoginTitle { get; set; } = "Sign in";

    /// <summary>Title of the sign-in page when somebody proves again who they are.</summary>
    public string RefreshTitle { get; set; } = "Confirm it is you";

    /// <summary>Title of the sign-in page when a second factor is asked for.</summary>
    public string SecondFactorTitle { get; set; } = "Second step";

    /// <summary>Title of the sign-up page.</summary>
    public string RegistrationTitle { get; set; } = "Create your account";

    /// <summary>Title of the second step of the sign-up page.</summary>
    public string RegistrationMethodTitle { get; set; } = "Choose how to sign in";

    /// <summary>Title of the recovery page.</summary>
    public string RecoveryTitle { get; set; } = "Recover your account";

    /// <summary>Title of the verification page.</summary>
    public string VerificationTitle { get; set; } = "Verify your address";

    /// <summary>Title of the settings page.</summary>
    public string SettingsTitle { get; set; } = "Account settings";

    /// <summary>Title of the page after sign-in; <c>{0}</c> is the person's name.</summary>
    public string WelcomeTitle { get; set; } = "Welcome, {0}";

    /// <summary>Title of the page after sign-in when no name is known.</summary>
    public string WelcomeTitleWithoutName { get; set; } = "Welcome";

    /// <summary>Title of the page that lists sessions.</summary>
    public string SessionsTitle { get; set; } = "Where you are signed in";

    /// <summary>Put before a page's title while its form has errors.</summary>
    public string ErrorTitlePrefix { get; set; } = "Error: ";

    /// <summary>The step that somebody is at; <c>{0}</c> of <c>{1}</c>.</summary>
    public string Step { get; set; } = "Step {0} of {1}";

    /// <summary>Label of the button that ends the first of two steps.</summary>
    public string Continue { get; set; } = "Continue";

    /// <summary>Title of the sign-up page when a provider did not say all that an account needs.</summary>
    public string MissingTitle { get; set; } = "Almost done";

    /// <summary>Said below it; <c>{0}</c> is the provider.</summary>
    public string MissingLead { get; set; } = "{0} did not tell us everything that your account needs. Complete it here.";

    /// <summary>Label of the button that goes on with a provider; <c>{0}</c> is its name.</summary>
    public string ContinueWith { get; set; } = "Continue with {0}";

    /// <summary>Link to sign up in another way than with that provider.</summary>
    public string OtherWays { get; set; } = "Sign up in another way";

    /// <summary>Title of the sign-in page when somebody who wanted to sign up has an account already.</summary>
    public string LinkTitle { get; set; } = "You have an account already";

    /// <summary>Said below it when the flow itself says something else.</summary>
    public string LinkLead { get; set; } = "Sign in to your account as before. What you just signed in with is then added to it.";

    /// <summary>Link to sign in and add nothing.</summary>
    public string SignInWithoutLink { get; set; } = "Sign in without adding anything";

    /// <summary>Heading of the accounts elsewhere that one can sign in with.</summary>
    public string LinkedAccounts { get; set; } = "Linked accounts";

    /// <summary>Said below it.</summary>
    public string LinkedAccountsLead { get; set; } = "Sign in here with an account that you have elsewhere.";

    /// <summary>Beside an account that one can sign in with.</summary>
    public string Linked { get; set; } = "Linked";

    /// <summary>Beside an account that one cannot sign in with yet.</summary>
    public string NotLinked { get; set; } = "Not linked";

    /// <summary>Beside a linked account that cannot be taken away.</summary>
    public string OnlyWayIn { get; set; } = "Linked, and your only way to sign in";

    /// <summary>Button that links an account; the provider stands beside it.</summary>
    public string Link { get; set; } = "Link";

    /// <summary>Button that takes a linked account away; the provider stands beside it.</summary>
    public string Unlink { get; set; } = "Unlink";

    /// <summary>Between two ways of doing the same.</summary>
    public string Or { get; set; } = "or";

    /// <summary>Behind the label of a field that may stay empty.</summary>
    public string Optional { get; set; } = "(optional)";

    /// <summary>Shown before the address that somebody signs up or in with.</summary>
    public string ContinuingAs { get; set; } = "Continuing as";

    /// <summary>Link to the main content for those who use a keyboard.</summary>
    public string SkipToContent { get; set; } = "Skip to content";

    /// <summary>Hidden words before an error, for those who do not see its colour.</summary>
    public string ErrorPrefix { get; set; } = "Error:";

    /// <summary>Button that makes a password visible.</summary>
    public string ShowPassword { get; set; } = "Show";

    /// <summary>Button that makes a password invisible again.</summary>
    public string HidePassword { get; set; } = "Hide";

    /// <summary>Before the link to sign up.</summary>
    public string NoAccountYet { get; set; } = "No account yet?";

    /// <summary>Link to sign up.</summary>
    public string CreateAccount { get; set; } = "Create one";

    /// <summary>Before the link to sign in.</summary>
    public string AccountAlready { get; set; } = "Already have an account?";

    /// <summary>Link or button to sign in.</summary>
    public string SignIn { get; set; } = "Sign in";

    /// <summary>Link for those who do not know their password any more.</summary>
    public string ForgotPassword { get; set; } = "Forgot your password?";

    /// <summary>Before the link to sign out while proving again who one is.</summary>
    public string NotYou { get; set; } = "Not you, or stuck?";

    /// <summary>Link to sign out.</summary>
    public string SignOut { get; set; } = "Sign out";

    /// <summary>Said when a flow has nothing to choose from.</summary>
    public string NoMethods { get; set; } = "There is no way to do this at the moment. Please try again later.";

    /// <summary>Link to the privacy policy.</summary>
    public string Privacy { get; set; } = "Privacy";

    /// <summary>Link to the terms of use.</summary>
    public string Terms { get; set; } = "Terms";

    /// <summary>Link to help.</summary>
    public string Help { get; set; } = "Help";

    /// <summary>Name of the footer's navigation for those who do not see it.</summary>
    public string FooterLabel { get; set; } = "About this site";

    /// <summary>Below the title of the page after sign-in.</summary>
    public string SignedInLead { get; set; } = "You are signed in.";

    /// <summary>Heading of what is known about the account.</summary>
    public string YourAccount { get; set; } = "Your account";

    /// <summary>Label of the name.</summary>
    public string Name { get; set; } = "Name";

    /// <summary>Label of the e-mail address.</summary>
    public string Email { get; set; } = "E-mail";

    /// <summary>Beside an address that was proven.</summary>
    public string Verified { get; set; } = "verified";

    /// <summary>Beside an address that was not proven.</summary>
    public string NotVerified { get; set; } = "not verified yet";

    /// <summary>Label of the time of sign-in.</summary>
    public string SignedInSince { get; set; } = "Signed in";

    /// <summary>Label of the time at which the session ends.</summary>
    public string SignedInUntil { get; set; } = "Stays signed in until";

    /// <summary>Label of the methods that were used.</summary>
    public string SignedInWith { get; set; } = "Signed in with";

    /// <summary>Link to the page after sign-in, in the navigation of somebody who is signed in.</summary>
    public string Overview { get; set; } = "Overview";

    /// <summary>Link to the settings, in the same navigation.</summary>
    public string Settings { get; set; } = "Settings";

    /// <summary>Link to the list of sessions, in the same navigation.</summary>
    public string Sessions { get; set; } = "Sessions";

    /// <summary>Said to somebody whose address nobody has proven yet.</summary>
    public string VerifyHint { get; set; } = "Your address is not verified yet. Look for our message in your inbox.";

    /// <summary>Link behind it that begins a verification.</summary>
    public string VerifyNow { get; set; } = "Verify it now";

    /// <summary>Title of the recovery and verification pages while they wait for a code.</summary>
    public string EnterCodeTitle { get; set; } = "Enter the code";

    /// <summary>Title of the same pages while a mailed link is what goes on.</summary>
    public string LookIntoMailTitle { get; set; } = "Look into your mail";

    /// <summary>Title of the verification page once the address is proven.</summary>
    public string VerifiedTitle { get; set; } = "Your address is verified";

    /// <summary>Title of the page of a recovery that is over.</summary>
    public string RecoveredTitle { get; set; } = "Your account is recovered";

    /// <summary>Said below it.</summary>
    public string RecoveredLead { get; set; } = "This was used once and works no more. Go on in your settings.";

    /// <summary>Before the address that a code or a link was asked for. Whether an account has it is not told.</summary>
    public string SentTo { get; set; } = "If an account has this address, we have sent a message to";

    /// <summary>Link that begins again with another address.</summary>
    public string OtherAddress { get; set; } = "Use another address";

    /// <summary>Until when another message can be asked for; <c>{0}</c> is the time.</summary>
    public string SendsAgainUntil { get; set; } = "You can ask for another message here until {0}.";

    /// <summary>Link from the recovery page to the sign-in page.</summary>
    public string BackToSignIn { get; set; } = "Back to sign in";

    /// <summary>Said on the page of a mailed link that lets somebody back into their account.</summary>
    public string RecoveryLinkLead { get; set; } = "Go on to get back into your account. You can set a new password then.";

    /// <summary>Button of that page.</summary>
    public string RecoveryLinkButton { get; set; } = "Recover account";

    /// <summary>Said on that page to somebody who is signed in; <c>{0}</c> is who.</summary>
    public string RecoveryLinkSession { get; set; } = "{0} is signed in in this browser. That session ends when you go on.";

    /// <summary>Stands for whoever is signed in where no name is known.</summary>
    public string Somebody { get; set; } = "Somebody";

    /// <summary>Said on the page of a mailed link that proves an address.</summary>
    public string VerificationLinkLead { get; set; } = "Go on to confirm that this address is yours.";

    /// <summary>Button of that page.</summary>
    public string VerificationLinkButton { get; set; } = "Verify address";

    /// <summary>Link back to the page after sign-in.</summary>
    public string BackToAccount { get; set; } = "Back to your account";

    /// <summary>Below the title of the sessions page.</summary>
    public string SessionsLead { get; set; } = "If you do not recognise one of these, sign it out and change your password.";

    /// <summary>Heading of the session of this browser.</summary>
    public string ThisDevice { get; set; } = "This device";

    /// <summary>Heading of the other sessions.</summary>
    public string OtherDevices { get; set; } = "Other devices";

    /// <summary>Said when there are no other sessions.</summary>
    public string NoOtherSessions { get; set; } = "You are not signed in anywhere else.";

    /// <summary>Marks the session of this browser.</summary>
    public string Current { get; set; } = "Current";

    /// <summary>Button that ends all other sessions.</summary>
    public string SignOutOthers { get; set; } = "Sign out everywhere else";

    /// <summary>Label of the address that a session came from.</summary>
    public string Address { get; set; } = "Address";

    /// <summary>Label of the place that a session came from.</summary>
    public string Location { get; set; } = "Location";

    /// <summary>A device that did not say what it is.</summary>
    public string UnknownDevice { get; set; } = "Unknown device";

    /// <summary>A browser on a system; <c>{0}</c> on <c>{1}</c>.</summary>
    public string BrowserOnSystem { get; set; } = "{0} on {1}";

    /// <summary>Said after one session was ended.</summary>
    public string SessionRevoked { get; set; } = "The device was signed out.";

    /// <summary>Said after the other sessions were ended.</summary>
    public string OthersRevoked { get; set; } = "You are now signed out everywhere else.";

    /// <summary>Said when a form of the pages was too old or not ours.</summary>
    public string FormExpired { get; set; } = "Nothing was changed, because this page was out of date. Please try again.";

    /// <summary>How times are written: a .NET format for a time in UTC.</summary>
    public string TimeFormat { get; set; } = "d MMM yyyy, HH:mm 'UTC'";

    /// <summary>Titles, explanations and buttons of the error page.</summary>
    public ErrorTexts Errors { get; set; } = new();

    /// <summary>The name of a method for people, by its id on the wire. An id that is not in here is shown as it is.</summary>
    public IDictionary<string, string> MethodNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["password"] = "Password",
        ["oidc"] = "Social sign-in",
        ["code"] = "One-time code",
        ["link"] = "Link",
        ["totp"] = "Authenticator app",
        ["lookup_secret"] = "Backup code",
        ["webauthn"] = "Security key",
        ["passkey"] = "Passkey",
        ["profile"] = "Profile",
        ["link_recovery"] = "Recovery link",
        ["code_recovery"] = "Recovery code",
    };
}
