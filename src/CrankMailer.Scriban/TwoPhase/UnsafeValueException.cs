namespace CrankMailer.Scriban.TwoPhase;

/// <summary>A value stands where nothing can make it inert. The evaluator adds the place.</summary>
internal sealed class UnsafeValueException(string message) : Exception(message);
