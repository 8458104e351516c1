namespace CrankMailer.Model.Tokens;

/// <summary>The up to three ids in a token, in the order <see cref="TokenPurpose"/> names them; 0 where there is none.</summary>
public readonly record struct TokenIds(long First, long Second = 0, long Third = 0);
