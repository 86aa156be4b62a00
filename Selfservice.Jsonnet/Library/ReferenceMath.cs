namespace Selfservice.Jsonnet.Library;

/// <summary>
/// Elementary functions with the methods of the reference implementation's runtime, so that the last digit agrees: the platform's own differ there, and
/// between platforms. Trigonometry: Cephes (S. L. Moshier); logarithm: fdlibm (Sun Microsystems), both published with these coefficients.
/// </summary>
internal static class ReferenceMath
{
    /// <summary>Where the simple range reduction loses precision: 2^29.</summary>
    private const double LargeArgument = 536870912;

    // Pi/4 in three parts whose sum has more digits than a double.
    private const double QuarterPiHigh = 7.85398125648498535156e-1;
    private const double QuarterPiMiddle = 3.77489470793079817668e-8;
    private const double QuarterPiLow = 2.69515142907905952645e-15;

    /// <summary>The part of pi/2 beyond a double.</summary>
    private const double HalfPiRest = 6.123233995736765886130e-17;

    private static readonly double[] SineTerms =
    [
        1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
        -1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1,
    ];

    private static readonly double[] CosineTerms =
    [
        -1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
        2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2,
    ];

    private static readonly double[] TangentNumerator = [-1.30936939181383777038e4, 1.15351664838587416140e6, -1.79565251976484877988e7];

    private static readonly double[] TangentDenominator =
        [1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7, -5.38695755929454629881e7];

    private static readonly double[] ArctangentNumerator =
        [-8.750608600031904122785e-01, -1.615753718733365076637e+01, -7.500855792314704667340e+01, -1.228866684490136173410e+02, -6.485021904942025371773e+01];

    private static readonly double[] ArctangentDenominator =
    [
        1, 2.485846490142306297962e+01, 1.650270098316988542046e+02, 4.328810604912902668951e+02, 4.853903996359136964868e+02, 1.945506571482613964425e+02,
    ];

    private static double Polynomial(double[] terms, double x)
    {
        var sum = terms[0];
        for (var i = 1; i < terms.Length; i++)
            sum = (sum * x) + terms[i];
        return sum;
    }

    /// <summary>The octant of a positive angle, made even, and the angle's distance from its border.</summary>
    private static (int Octant, double Angle) Reduce(double x)
    {
        var octant = (ulong)(x * (4 / Math.PI));
        octant += octant & 1;
        double count = octant;
        return ((int)(octant & 7), ((x - (count * QuarterPiHigh)) - (count * QuarterPiMiddle)) - (count * QuarterPiLow));
    }

    private static double SineOf(double z) => z + (z * (z * z) * Polynomial(SineTerms, z * z));

    private static double CosineOf(double z) => 1.0 - (0.5 * (z * z)) + (z * z * (z * z) * Polynomial(CosineTerms, z * z));

    public static double Sin(double x)
    {
        var magnitude = Math.Abs(x);
        if (x == 0 || !(magnitude < LargeArgument))
            return Math.Sin(x);
        var (octant, rest) = Reduce(magnitude);
        var isNegative = x < 0 != octant > 3;
        var value = (octant & 3) == 2 ? CosineOf(rest) : SineOf(rest);
        return isNegative ? -value : value;
    }

    public static double Cos(double x)
    {
        var magnitude = Math.Abs(x);
        if (!(magnitude < LargeArgument))
            return Math.Cos(x);
        var (octant, rest) = Reduce(magnitude);
        var value = (octant & 3) == 2 ? SineOf(rest) : CosineOf(rest);
        return octant is 2 or 4 ? -value : value;
    }

    public static double Tan(double x)
    {
        var magnitude = Math.Abs(x);
        if (x == 0 || !(magnitude < LargeArgument))
            return Math.Tan(x);
        var (octant, rest) = Reduce(magnitude);
        var square = rest * rest;
        var value = square > 1e-14
            ? rest + (rest * (square * Polynomial(TangentNumerator, square) / Polynomial(TangentDenominator, square)))
            : rest;
        if ((octant & 2) == 2)
            value = -1 / value;
        return x < 0 ? -value : value;
    }

    public static double Atan(double x) => x == 0 ? x : x > 0 ? AtanOfPositive(x) : -AtanOfPositive(-x);

    private static double AtanOfPositive(double x)
    {
        const double tangentOfThreeEighthsPi = 2.41421356237309504880;
        if (x <= 0.66)
            return AtanOfSmall(x);
        return x > tangentOfThreeEighthsPi
            ? (Math.PI / 2) - AtanOfSmall(1 / x) + HalfPiRest
            : (Math.PI / 4) + AtanOfSmall((x - 1) / (x + 1)) + (0.5 * HalfPiRest);
    }

    private static double AtanOfSmall(double x)
    {
        var z = x * x;
        z = z * Polynomial(ArctangentNumerator, z) / Polynomial(ArctangentDenominator, z);
        return (x * z) + x;
    }

    public static double Asin(double x)
    {
        if (x == 0)
            return x;
        var magnitude = Math.Abs(x);
        if (magnitude > 1)
            return double.NaN;
        var root = Math.Sqrt(1 - (magnitude * magnitude));
        var value = magnitude > 0.7 ? (Math.PI / 2) - Atan(root / magnitude) : Atan(magnitude / root);
        return x < 0 ? -value : value;
    }

    public static double Acos(double x) => (Math.PI / 2) - Asin(x);

    public static double Atan2(double y, double x)
    {
        if (x == 0 || y == 0)
            return Math.Atan2(y, x);
        var angle = Atan(y / x);
        return x > 0 ? angle : angle <= 0 ? angle + Math.PI : angle - Math.PI;
    }

    /// <summary>ln(2^k * (1 + f)), with f between sqrt(1/2) - 1 and sqrt(2) - 1.</summary>
    public static double Log(double x)
    {
        const double ln2High = 6.93147180369123816490e-01;
        const double ln2Low = 1.90821492927058770002e-10;
        if (!(x > 0) || double.IsInfinity(x))
            return Math.Log(x);
        var (mantissa, exponent) = Split(x);
        if (mantissa < Math.Sqrt(2) / 2)
        {
            mantissa *= 2;
            exponent--;
        }

        var f = mantissa - 1;
        double k = exponent;
        var s = f / (2 + f);
        var s2 = s * s;
        var s4 = s2 * s2;
        var odd = s2 * (6.666666666666735130e-01 + (s4 * (2.857142874366239149e-01 + (s4 * (1.818357216161805012e-01 + (s4 * 1.479819860511658591e-01))))));
        var even = s4 * (3.999999999940941908e-01 + (s4 * (2.222219843214978396e-01 + (s4 * 1.531383769920937332e-01))));
        var halfSquare = 0.5 * f * f;
        return (k * ln2High) - ((halfSquare - ((s * (halfSquare + (odd + even))) + (k * ln2Low))) - f);
    }

    /// <summary>Powers by repeated squaring of the mantissa; only a fraction in the exponent needs logarithms.</summary>
    public static double Pow(double x, double n)
    {
        if (n == 0 || x == 1 || n == 1 || x == 0 || !double.IsFinite(x) || !double.IsFinite(n) || (x < 0 && n != Math.Truncate(n)) || Math.Abs(n) >= 9e18)
            return n == 1 ? x : x == 1 ? 1 : Math.Pow(x, n);
        if (Math.Abs(n) == 0.5)
            return n > 0 ? Math.Sqrt(x) : 1 / Math.Sqrt(x);
        var whole = Math.Truncate(Math.Abs(n));
        var fraction = Math.Abs(n) - whole;
        var product = 1.0;
        if (fraction != 0)
        {
            if (fraction > 0.5)
            {
                fraction--;
                whole++;
            }

            product = Math.Exp(fraction * Log(x));
        }

        var total = MultiplyByPower(ref product, x, (long)whole);
        return n < 0 ? Math.ScaleB(1 / product, (int)-total) : Math.ScaleB(product, (int)total);
    }

    /// <summary>Multiplies by the power's mantissa and answers its exponent of two.</summary>
    private static long MultiplyByPower(ref double product, double x, long power)
    {
        var (mantissa, exponent) = Split(x);
        long scale = exponent;
        long total = 0;
        for (var bits = power; bits != 0; bits >>= 1)
        {
            if (Math.Abs(scale) > 4096)
            {
                // Out of the range of a double, whatever follows.
                total += scale;
                break;
            }

            if ((bits & 1) == 1)
            {
                product *= mantissa;
                total += scale;
            }

            mantissa *= mantissa;
            scale <<= 1;
            if (Math.Abs(mantissa) < 0.5)
            {
                mantissa += mantissa;
                scale--;
            }
        }

        return total;
    }

    /// <summary>x = mantissa * 2^exponent with a mantissa of 0.5 up to 1; zero is 0 * 2^0.</summary>
    public static (double Mantissa, int Exponent) Split(double x)
    {
        if (x == 0)
            return (x, 0);
        var exponent = Math.ILogB(x) + 1;
        // In two steps: 2^-exponent alone is out of range for the smallest numbers.
        var half = -exponent / 2;
        return (Math.ScaleB(Math.ScaleB(x, half), -exponent - half), exponent);
    }
}
