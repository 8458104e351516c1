namespace CrankMailer.Console.Shared;

/// <summary>How a notice or pill is meant; always said in words, too, never by colour alone.</summary>
public enum Tone { Neutral, Good, Warn, Bad, Info }
