namespace Proxy.Webhooks.Forwarding;

/// <summary>
/// CGI, PHP and WSGI make one variable of all headers whose names differ only in what stands between letters and digits:
/// <c>X-Event</c>, <c>X_Event</c> and, with some servers, <c>X.Event</c>. To such an upstream they are the same header.
/// </summary>
internal static class CgiName
{
    public static bool AreSame(string name, string other)
    {
        if (name.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (Fold(name[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static char Fold(char c) => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_';
}
