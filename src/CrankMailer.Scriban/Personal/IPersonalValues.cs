namespace CrankMailer.Scriban.Personal;

/// <summary>What the names of phase 2 stand for, for one recipient.</summary>
public interface IPersonalValues
{
    /// <summary>The value of a path such as <c>subscriber.first_name</c>; <see cref="PersonalValue.None"/> for an unknown one. Paths come interned, one string a path.</summary>
    PersonalValue Find(string path);
}
