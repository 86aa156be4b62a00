using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Selfservice.Strategies.Password.Hashing;

namespace Selfservice.Strategies.Password.Tests.Hashing;

/// <summary>Compares with the program of the reference implementation, where it is installed.</summary>
public sealed class Argon2ReferenceTests
{
    private const int Sets = 200;

    [Test]
    public void Hash_OfSeededInputs_EqualsTheReferenceProgram()
    {
        var source = new SeededBytes(20260);
        for (var set = 0; set < Sets; set++)
        {
            var lanes = source.Between(1, 5);
            var parameters = new Argon2Parameters
            {
                Parallelism = lanes,
                Iterations = source.Between(1, 4),
                // Now and then the second block of addresses and the wrap of the window come into play.
                MemoryKibibytes = source.Between(8 * lanes, set % 10 == 0 ? 6000 : 400),
                TagBytes = source.Between(16, 64),
            };
            var (password, salt) = (source.Text(source.Between(1, 126)), source.Text(source.Between(8, 48)));
            var expected = RunReference(parameters, password, salt);

            foreach (var useAvx2 in Argon2Paths.All)
                Hash(parameters, password, salt, useAvx2).ShouldBe(expected, $"set {set}, {parameters}, AVX2 {useAvx2}");
        }
    }

    [Test]
    public void Hash_WithAndWithoutAvx2_IsTheSame()
    {
        if (!Avx2Compression.IsSupported)
            Assert.Ignore("This processor has no AVX2: there is nothing to compare.");
        var source = new SeededBytes(9106);
        for (var set = 0; set < 60; set++)
        {
            var lanes = source.Between(1, 4);
            var parameters = new Argon2Parameters
            {
                Parallelism = lanes,
                Iterations = source.Between(1, 3),
                MemoryKibibytes = source.Between(8 * lanes, 2000),
            };
            var (password, salt) = (source.Text(source.Between(0, 200)), source.Text(16));

            Hash(parameters, password, salt, useAvx2: true).ShouldBe(Hash(parameters, password, salt, useAvx2: false));
        }
    }

    private static string Hash(Argon2Parameters parameters, string password, string salt, bool useAvx2)
    {
        using var memory = new Argon2Memory(Argon2.BlocksFor(parameters));
        var tag = new byte[parameters.TagBytes];
        var input = new Argon2Input { Password = Encoding.ASCII.GetBytes(password), Salt = Encoding.ASCII.GetBytes(salt) };
        Argon2.Hash(Argon2Type.Argon2id, parameters, input, memory, tag, useAvx2);
        return Convert.ToHexStringLower(tag);
    }

    private static string RunReference(Argon2Parameters parameters, string password, string salt)
    {
        var invariant = CultureInfo.InvariantCulture;
        var start = new ProcessStartInfo("argon2") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
            [salt, "-id", "-r", "-t", parameters.Iterations.ToString(invariant), "-k", parameters.MemoryKibibytes.ToString(invariant),
                "-p", parameters.Parallelism.ToString(invariant), "-l", parameters.TagBytes.ToString(invariant)])
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(password);
            process.StandardInput.Close();
            var tag = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
            return tag;
        }
        catch (Win32Exception)
        {
            Assert.Ignore("The program 'argon2' is not installed (Debian package argon2): the comparison with the reference was not made.");
            throw;
        }
    }
}
