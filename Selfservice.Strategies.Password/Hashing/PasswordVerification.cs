namespace Selfservice.Strategies.Password.Hashing;

/// <summary>What comparing a password with a stored hash found.</summary>
public enum PasswordVerification
{
    /// <summary>The password is wrong, or the stored hash cannot be read; a user must not be able to tell the two apart.</summary>
    Failed,

    /// <summary>The password is right.</summary>
    Success,

    /// <summary>The password is right, and the hash was made by another method or with other parameters: hash again and store the result.</summary>
    SuccessRehashNeeded,
}
