namespace CrankMailer.Scriban.Personal;

/// <summary>A path that a personal text reads, and where. Line and column count from 1.</summary>
public sealed record PersonalPathUse(string Path, int Line, int Column);
